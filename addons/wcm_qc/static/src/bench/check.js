import {actions, consequences, orderOf, partsOf} from "@wcm_network/bench/actions";
import {button, field, h, mainAction, toggle} from "@wcm_network/bench/dom";
import {partHooks, partOf} from "@wcm_network/bench/screens/part";
import {screens} from "@wcm_network/bench/screens/screens";
import {shrink} from "@wcm_network/workshop/photo";

const CHECK_FIRST = "Its check comes first.";

actions.check = {
    words: (args, work) => `Check ${partsOf(work, args)[0]?.name || ""}`,
    apply: (work, args) =>
        partsOf(work, args).forEach((part) => Object.assign(part, {check: {state: "told"}, is_held: false})),
};
actions.report = {
    words: (args, work) => `Wrong with ${partsOf(work, args)[0]?.name || ""}: ${args.reason}`,
    apply: (work, args) =>
        partsOf(work, args).forEach((part) => Object.assign(part, {is_held: true, hold_reason: args.reason})),
};

/** A block that was made without network has its check before the server opens one. */
consequences.push((work) => {
    for (const part of work.parts.filter(({isMine, check}) => isMine && (!check || check.state === "none"))) {
        const {points = [], hold} = work.checks[part.work_order_id] || {};
        if (points.length) {
            Object.assign(part, {
                check: {state: "open", points, others: hold, maker: part.maker},
                is_held: hold,
                hold_reason: CHECK_FIRST,
            });
        }
    }
});

function report(app, part) {
    return button("hold", "Something is wrong", () => app.go(`report/${part.id}`));
}

partHooks.push((app, part) => {
    const isDue = part.check?.state === "open" && ["made", "packed"].includes(part.state);
    const main = isDue && mainAction("check", "Check this block", () => app.go(`check/${part.id}/0`));
    return {main, more: part.state !== "to_make" && report(app, part)};
});

screens.report = {
    title: () => "What is wrong?",
    back: (id) => `part/${id}`,
    draw: (app, id) => {
        const input = h("input", {type: "text", maxlength: 200});
        const send = async () => {
            const reason = input.value.trim();
            if (!reason) {
                app.complain("Say in a few words what is wrong.");
                return;
            }
            input.value = "";
            await app.tell("report", {parts: [Number(id)], reason});
            app.go(`part/${id}`);
        };
        return [
            h("p", {class: "lead"}, partOf(app.work, id)?.name),
            field("In a few words", input, "The block is held until the quality lead has decided."),
            mainAction("hold", "Report it", send),
        ];
    },
};

/** Answers that are being given, by part: they are kept with what is done, so that a closed tab loses none. */
let draft = {id: null, answers: []};

async function draftOf(app, part) {
    if (draft.id !== part.id) {
        const kept = await app.sync.store.read("kept", `check ${part.id}`);
        const {points} = part.check;
        const isSame = kept?.map(({name}) => name).join() === points.map(({name}) => name).join();
        draft = {id: part.id, answers: isSame ? kept : points.map(startOf)};
    }
    return draft.answers;
}

function startOf({name, reading, passed_by_hand, note}) {
    return {name, reading, passed_by_hand, note};
}

function keep(app, part) {
    return app.sync.store.write("kept", `check ${part.id}`, draft.answers);
}

function measured(text) {
    const number = text.trim().match(/^([+-]?\d{1,9}(?:[.,]\d{1,6})?)/);
    return number && Number(number[1].replace(",", "."));
}

/** What the answer comes to here; the server says it again. */
function verdict(point, answer) {
    if (answer.passed_by_hand === "fail") {
        return "fail";
    }
    return {
        measurement: () => (measured(answer.reading || "") === null ? "none" : within(point, measured(answer.reading))),
        photo: () => (answer.photo || point.has_photo ? "pass" : "none"),
        text: () => (answer.reading?.trim() ? "pass" : "none"),
        pass_fail: () => answer.passed_by_hand || "none",
    }[point.kind]();
}

function within(point, value) {
    const [low, high] = point.limits.split(" – ").map((limit) => parseFloat(limit));
    return value >= low && value <= high ? "pass" : "fail";
}

const WORDS = {pass: "Pass", fail: "Fail", none: "Not checked"};

function reading(app, part, point, answer, after) {
    const isNumber = point.kind === "measurement";
    const input = h("input", {
        type: "text",
        name: "reading",
        autocomplete: "off",
        inputmode: isNumber ? "decimal" : "text",
        value: answer.reading || "",
        oninput: (ev) => {
            answer.reading = ev.target.value;
            after();
        },
    });
    return field(
        isNumber ? ["Measured", point.unit && `(${point.unit})`].filter(Boolean).join(" ") : "Write down",
        input,
    );
}

function photo(app, part, answer, redraw) {
    const take = async (ev) => {
        const [file] = ev.target.files;
        if (file) {
            answer.photo = await shrink(file);
            await redraw();
        }
    };
    const input = h("input", {
        type: "file",
        accept: "image/*",
        capture: "environment",
        name: "photo",
        class: "hidden-input",
        onchange: take,
    });
    const shown =
        answer.photo &&
        h("img", {class: "photo", src: URL.createObjectURL(answer.photo), alt: `Photo of ${answer.name}`});
    return [h("label", {class: "button file"}, answer.photo ? "Take it again" : "Take a photo", input), shown];
}

function judge(answer, redraw) {
    const choose = (word) => () => {
        answer.passed_by_hand = answer.passed_by_hand === word ? "" : word;
        return redraw();
    };
    return h(
        "div",
        {class: "choices", role: "group", "aria-label": answer.name},
        toggle("Pass", answer.passed_by_hand === "pass", choose("pass"), {"data-tone": "good"}),
        toggle("Fail", answer.passed_by_hand === "fail", choose("fail"), {"data-tone": "bad"}),
    );
}

function asked(app, part, point, answer) {
    const redraw = async () => {
        await keep(app, part);
        await fill(app, part, Number(window.location.hash.split("/")[3]));
    };
    return [
        h("p", {class: "lead"}, point.name, point.point_type === "hold" && " (hold point)"),
        point.instruction && h("p", {class: "instructions"}, point.instruction),
        point.limits && h("p", {}, `Allowed: ${point.limits}`),
        ["measurement", "text"].includes(point.kind) && reading(app, part, point, answer, () => keep(app, part)),
        point.kind === "photo" && photo(app, part, answer, redraw),
        point.kind !== "measurement" && judge(answer, redraw),
    ];
}

async function finish(app, part) {
    const answers = draft.answers.map(({name, ...given}) => ({
        name,
        ...Object.fromEntries(Object.entries(given).filter(([, value]) => value)),
    }));
    await app.tell("check", {parts: [part.id], answers});
    await app.sync.store.drop("kept", [`check ${part.id}`]);
    draft = {id: null, answers: []};
    app.go(`part/${part.id}`);
}

const FOR_ANOTHER =
    "Who made the block does not pass its hold point: a colleague with a PIN or login of their own does. A failed check can be sent.";

function isForAnother({sync}, {check}) {
    const person = sync.person?.id;
    return check.others && !(person && check.maker && person !== check.maker);
}

function summary(app, part, points) {
    const missing = points.filter((point, index) => verdict(point, draft.answers[index]) === "none");
    const end = () =>
        missing.length
            ? app.complain(`Not checked yet: ${missing.map(({name}) => name).join(", ")}.`)
            : finish(app, part);
    return [
        isForAnother(app, part) && h("p", {class: "note warn"}, FOR_ANOTHER),
        h(
            "ul",
            {class: "rows"},
            ...points.map((point, index) =>
                h(
                    "li",
                    {},
                    h(
                        "a",
                        {class: "row", href: `#/check/${part.id}/${index}`},
                        h("strong", {}, point.name),
                        WORDS[verdict(point, draft.answers[index])],
                    ),
                ),
            ),
        ),
        mainAction("done", "Finish this check", end),
    ];
}

let place;

async function fill(app, part, number) {
    const answers = await draftOf(app, part);
    const {points} = part.check;
    const next = () => app.go(`check/${part.id}/${number + 1}`);
    const content =
        number < points.length
            ? [asked(app, part, points[number], answers[number]), mainAction("next", "Next", next)]
            : summary(app, part, points);
    place.replaceChildren(...content.flat(Infinity).filter(Boolean));
}

screens.check = {
    title: ({work}, id, number) => {
        const points = partOf(work, id)?.check?.points || [];
        return Number(number) < points.length ? `Check ${Number(number) + 1} of ${points.length}` : "Finish the check";
    },
    back: (id, number) => (Number(number) ? `check/${id}/${Number(number) - 1}` : `part/${id}`),
    draw: (app, id, number) => {
        const part = partOf(app.work, id);
        if (part?.check?.state !== "open") {
            return h("p", {class: "empty"}, "Nothing has to be checked on this block now.");
        }
        place = h("div", {class: "check", "data-job": orderOf(app.work, part.work_order_id)?.name});
        fill(app, part, Number(number));
        return place;
    },
};
