import {joined, limitsOf, quantity, readingsOf} from "@wcm_qc/checking/quantity";

export const WORDS = {pass: "Pass", fail: "Fail", none: "Not checked"};
export const PICTURES = {pass: "done", fail: "wrong", none: "hold"};

/** How many of the checkpoint's unit each unit holds. */
export function unitsOf({units = {}}, {unit}) {
    return units[unit] || {"": 1, [unit.toLowerCase()]: 1};
}

/** One reading: {value, verdict}, which is "unread" where it is no number in a unit that converts. */
export function read(work, point, text) {
    const value = quantity(text, unitsOf(work, point));
    if (value === null || Number.isNaN(value)) {
        return {value, verdict: value === null ? "none" : "unread"};
    }
    const [low, high] = limitsOf(point.limits);
    return {value, verdict: value >= low && value <= high ? "pass" : "fail"};
}

export function textsOf(point, answer) {
    return readingsOf(answer.reading, point.reading_count || 1);
}

export function put(point, answer, at, text) {
    const texts = textsOf(point, answer);
    texts[at] = text;
    answer.reading = joined(texts);
}

/** All readings that are asked for, each within the limits; one less is not checked. */
function measured(work, point, answer) {
    const found = textsOf(point, answer).map((text) => read(work, point, text).verdict);
    if (found.some((one) => ["none", "unread"].includes(one))) {
        return "none";
    }
    return found.includes("fail") ? "fail" : "pass";
}

function chosen({answers}, {reading}) {
    const isIn = (verdict) => answers[verdict].includes(reading);
    return (reading && ["pass", "fail"].find(isIn)) || "none";
}

/** What an answer comes to here; the server says it again. */
export function verdictOf(work, point, answer) {
    if (answer.passed_by_hand === "fail") {
        return "fail";
    }
    return {
        measurement: () => measured(work, point, answer),
        choice: () => chosen(point, answer),
        photo: () => (answer.photo || point.has_photo ? "pass" : "none"),
        signature: () => (answer.signature || point.signed_by ? "pass" : "none"),
        text: () => (answer.reading?.trim() ? "pass" : "none"),
        pass_fail: () => answer.passed_by_hand || "none",
    }[point.kind]();
}
