import {actions, partsOf} from "@wcm_network/bench/actions";
import {badge, button, field, h, icon, link, mainAction} from "@wcm_network/bench/dom";
import {arrivalHooks} from "@wcm_network/bench/screens/arrive";
import {partHooks, partOf} from "@wcm_network/bench/screens/part";
import {photoField} from "@wcm_network/bench/screens/photo";
import {screens} from "@wcm_network/bench/screens/screens";
import {listenToGauge} from "@wcm_qc/checking/gauge";
import {PICTURES, WORDS, verdictOf} from "./check_answers";
import {answerFields} from "./check_fields";
import {gaugeFor} from "./check_gauge";
import {pictureOf} from "./check_picture";
import {STAGE} from "./coming_checks";

actions.check = {
    words: (args, work) => `Check ${partsOf(work, args)[0]?.name || ""}`,
    apply: (work, args) =>
        partsOf(work, args).forEach((part) => {
            const stages = [...(part.check?.stages || []), args.stage];
            Object.assign(part, {check: {state: "told", stages}, is_held: false});
        }),
};
actions.check_arrival = {
    words: (args, work) => `Check ${arrivalOf(work, args.parts[0])?.name || ""} as it arrives`,
    apply: (work, args) =>
        Object.assign(arrivalOf(work, args.parts[0]) || {}, {check: {state: "told"}, is_scanned: true}),
};
actions.report = {
    words: (args, work) => `Wrong with ${partsOf(work, args)[0]?.name || ""}: ${args.reason}`,
    apply: (work, args) =>
        partsOf(work, args).forEach((part) => Object.assign(part, {is_held: true, hold_reason: args.reason})),
};

function arrivalOf(work, id) {
    return (work.arrivals || []).find((part) => part.id === Number(id));
}

/** A block at the member, one that is being unloaded, or a lot of sheets. */
function subjectOf(work, id) {
    return partOf(work, id) || arrivalOf(work, id) || work.lots?.find((lot) => lot.id === id);
}

function report(app, part) {
    return button("hold", "Something is wrong", () => app.go(`report/${part.id}`));
}

/** A hold point comes before anything else; in process, what holds nothing may wait. */
function checkButton(app, part) {
    if (part.check?.state !== "open" || !(part.state in STAGE)) {
        return {};
    }
    const look = () => app.go(`check/${part.id}/0`);
    const comesFirst = part.state !== "to_make" || part.check.hold;
    return comesFirst
        ? {main: mainAction("check", "Check this block", look)}
        : {more: button("check", "Check this block", look)};
}

partHooks.push((app, part) => {
    const {main, more} = checkButton(app, part);
    return {main, more: [more, part.state !== "to_make" && report(app, part)]};
});

arrivalHooks.push((app, part) => {
    const isDue = part.check?.state === "open" && !part.isDamaged;
    return isDue && button("check", "Check this block", () => app.go(`arrivalcheck/${part.id}/0`));
});

/** What is being reported, of one part: kept while the photo is taken. */
let told = {};

screens.report = {
    title: () => "What is wrong?",
    back: (id) => `part/${id}`,
    draw: (app, id) => {
        told = told.id === id ? told : {id, reason: "", photo: null};
        const keep = (ev) => Object.assign(told, {reason: ev.target.value});
        const input = h("input", {type: "text", maxlength: 200, value: told.reason, oninput: keep});
        const send = async () => {
            const reason = told.reason.trim();
            if (!reason) {
                app.complain("Say in a few words what is wrong.");
                return;
            }
            const {photo} = told;
            told = {};
            await app.tell("report", {parts: [Number(id)], reason, ...(photo ? {photo} : {})});
            app.go(`part/${id}`);
        };
        return [
            h("p", {class: "lead"}, partOf(app.work, id)?.name),
            field("In a few words", input, "The block is held until the quality lead has decided."),
            photoField(told, () => app.drawScreen(), {label: "Take a photo, if it helps"}),
            mainAction("hold", "Report it", send),
        ];
    },
};

/** What else is asked above an answer: functions of {app, part, point, answer, changed, redraw} that give elements; what they note in `answer` is kept and sent. */
export const checkExtras = [];

/** Answers that are being given, by part: they are kept with what is done, so that a closed tab loses none. */
let draft = {id: null, answers: []};

async function draftOf(app, part) {
    if (draft.id !== part.id || draft.stage !== part.check.stage) {
        const kept = await app.sync.store.read("kept", `check ${part.id}`);
        const {points} = part.check;
        const isSame = kept?.map(({name}) => name).join() === points.map(({name}) => name).join();
        draft = {id: part.id, stage: part.check.stage, answers: isSame ? kept : points.map(startOf)};
    }
    return draft.answers;
}

function startOf({name, reading, passed_by_hand, note}) {
    return {name, reading, passed_by_hand, note};
}

function keep(app, part) {
    return app.sync.store.write("kept", `check ${part.id}`, draft.answers);
}

function verdictBadge(verdict) {
    return badge(PICTURES[verdict], WORDS[verdict], {pass: "good", fail: "bad", none: "calm"}[verdict]);
}

const POINTS = {hold: " (hold point)", witness: " (witness point)"};

/** One checkpoint: what is asked, what is allowed, the answer, and what it comes to. */
function asked(app, part, number) {
    const [point, answer] = [part.check.points[number], draft.answers[number]];
    const verdict = h("div", {class: "verdict", role: "status"}, verdictBadge(verdictOf(app.work, point, answer)));
    const changed = () => {
        verdict.replaceChildren(verdictBadge(verdictOf(app.work, point, answer)));
        return keep(app, part);
    };
    const redraw = async () => {
        const focused = document.activeElement?.textContent;
        await keep(app, part);
        await fill(app, part, number);
        Array.from(place.querySelectorAll("button"))
            .find((one) => focused && one.textContent === focused)
            ?.focus();
    };
    const context = {app, part, point, answer, changed, redraw};
    return [
        h("p", {class: "lead"}, point.name, POINTS[point.point_type]),
        point.instruction && h("p", {class: "instructions"}, point.instruction),
        point.picture && pictureOf(app, point),
        point.limits && h("p", {class: "limits"}, `Allowed: ${point.limits}`),
        checkExtras.map((extra) => extra(context)),
        answerFields[point.kind](context),
        verdict,
    ];
}

/** The same screens are for a block at the member and for one that is being unloaded. */
function screenNow() {
    return window.location.hash.split("/")[1];
}

/** Within reach of the thumb that holds the phone. */
function bar(part, number, main) {
    const before = `#/${screens[screenNow()].back(part.id, number)}`;
    return h("div", {class: "check-bar"}, link("back", "Back", before), main);
}

async function finish(app, part) {
    const answers = draft.answers.map(({name, ...given}) => ({
        name,
        ...Object.fromEntries(Object.entries(given).filter(([, value]) => value)),
    }));
    const [name, args, next] = telling(app.work, part);
    const witness = draft.witness?.trim();
    await app.tell(name, {...args, answers, ...(witness ? {witness} : {})});
    await app.sync.store.drop("kept", [`check ${part.id}`]);
    draft = {id: null, answers: []};
    app.go(next);
}

/** [action, what it is about, the screen after it] */
function telling(work, part) {
    if (part.check_id) {
        return ["check_lot", {check: part.check_id}, "jobs"];
    }
    const isArrival = !partOf(work, part.id);
    const args = {parts: [part.id], stage: part.check.stage};
    return isArrival ? ["check_arrival", args, `arrival/${part.id}`] : ["check", args, `part/${part.id}`];
}

const FOR_ANOTHER =
    "Who made the block does not pass its hold point: a colleague with a PIN or login of their own does. A failed check can be sent.";
const SHEETS_FOR_ANOTHER =
    "Who recorded these sheets does not pass their hold point: a colleague with a PIN or login of their own does. A failed check can be sent.";

function isForAnother({sync}, {check}) {
    const person = sync.person?.id;
    return check.others && !(person && check.maker && person !== check.maker);
}

/** Who came to a witness point is told with the check; without a witness the server says from when it passes. */
function witness({check}) {
    if (check.witness?.state !== "waits") {
        return null;
    }
    const keepName = (ev) => (draft.witness = ev.target.value);
    const input = h("input", {type: "text", maxlength: 200, value: draft.witness || "", oninput: keepName});
    return [
        h("p", {class: "note"}, check.witness.words),
        field("Who came as witness", input, "Name, and for whom. Leave it empty where nobody came."),
    ];
}

function row(app, part, point, number) {
    const verdict = verdictOf(app.work, point, draft.answers[number]);
    const address = `#/${screenNow()}/${part.id}/${number}`;
    return h(
        "li",
        {},
        h("a", {class: "row", href: address}, h("strong", {}, point.name), icon(PICTURES[verdict]), WORDS[verdict]),
    );
}

function summary(app, part) {
    const {points} = part.check;
    const missing = points.filter((point, at) => verdictOf(app.work, point, draft.answers[at]) === "none");
    const end = () =>
        missing.length
            ? app.complain(`Not checked yet: ${missing.map(({name}) => name).join(", ")}.`)
            : finish(app, part);
    return [
        isForAnother(app, part) && h("p", {class: "note warn"}, part.check_id ? SHEETS_FOR_ANOTHER : FOR_ANOTHER),
        h("ul", {class: "rows"}, ...points.map((point, number) => row(app, part, point, number))),
        witness(part),
        bar(part, points.length, mainAction("done", "Finish this check", end)),
    ];
}

let place;
let gauge;

async function fill(app, part, number) {
    await draftOf(app, part);
    const point = part.check.points[number];
    const next = () => app.go(`${screenNow()}/${part.id}/${number + 1}`);
    const content = point
        ? [asked(app, part, number), bar(part, number, mainAction("next", "Next", next))]
        : summary(app, part);
    place.replaceChildren(...content.flat(Infinity).filter(Boolean));
    gauge = gaugeFor({app, part, point, place, next, answer: draft.answers[number]});
}

listenToGauge(() => place?.isConnected && gauge);

screens.check = {
    title: ({work}, id, number) => {
        const points = subjectOf(work, id)?.check?.points || [];
        return Number(number) < points.length ? `Check ${Number(number) + 1} of ${points.length}` : "Finish the check";
    },
    back: (id, number) => (Number(number) ? `check/${id}/${Number(number) - 1}` : `part/${id}`),
    draw: (app, id, number) => {
        const part = subjectOf(app.work, id);
        if (part?.check?.state !== "open") {
            return h("p", {class: "empty"}, "Nothing has to be checked on this block now.");
        }
        const names = part.check.points.map(({name}) => name);
        const key = [part.id, part.check.stage, number, ...names].join();
        if (!place?.isConnected || place.dataset.key !== key) {
            place = h("div", {class: "check", "data-key": key});
            fill(app, part, Number(number));
        }
        return place; // what is being drawn or typed outlives news from the server
    },
};

screens.arrivalcheck = {
    ...screens.check,
    back: (id, number) => (Number(number) ? `arrivalcheck/${id}/${Number(number) - 1}` : `arrival/${id}`),
};
