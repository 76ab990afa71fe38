import {badge, button, field, h, toggle} from "@wcm_network/bench/dom";
import {photoField} from "@wcm_network/bench/screens/photo";
import {draw, show} from "@wcm_qc/checking/pen";
import {put, read, textsOf} from "./check_answers";

/**
 * How a checkpoint of each kind is answered: functions of {app, point, answer, changed, redraw} that give elements.
 * `changed` keeps the answer and says what it comes to; `redraw` shows the checkpoint anew besides.
 */
export const answerFields = {measurement, choice, photo, text, signature, pass_fail: judge};

function standing(app, point, text) {
    const {value, verdict} = read(app.work, point, text);
    const number = Number.isNaN(value) || `${value} ${point.unit}`.trim();
    const say = {
        none: () => "",
        unread: () =>
            badge("hold", `No number in ${point.unit || "figures"}, or in a unit that converts to it`, "warn"),
        pass: () => badge("done", `${number}: within the limits`, "good"),
        fail: () => badge("wrong", `${number}: out of tolerance`, "bad"),
    };
    return say[verdict]();
}

/** One field for each reading; what it comes to stands below it as it is typed. */
function measurement({app, point, answer, changed}) {
    const texts = textsOf(point, answer);
    const unit = point.unit ? ` (${point.unit})` : "";
    return texts.map((text, at) => {
        const state = h("div", {class: "reading-state", role: "status"}, standing(app, point, text));
        const input = h("input", {
            type: "text",
            name: "reading",
            autocomplete: "off",
            inputmode: "decimal",
            enterkeyhint: "next",
            value: text,
            oninput: () => {
                put(point, answer, at, input.value);
                state.replaceChildren(standing(app, point, input.value));
                changed();
            },
        });
        const label = texts.length > 1 ? `Reading ${at + 1} of ${texts.length}${unit}` : `Measured${unit}`;
        return h("div", {class: "reading"}, field(label, input), state);
    });
}

function text(asked) {
    const {answer, changed} = asked;
    const input = h("input", {
        type: "text",
        name: "words",
        autocomplete: "off",
        value: answer.reading || "",
        oninput: () => {
            answer.reading = input.value;
            changed();
        },
    });
    return [field("Write down", input), failByHand(asked)];
}

function choice({point, answer, redraw}) {
    const choose = (option) => () => {
        answer.reading = answer.reading === option ? "" : option;
        return redraw();
    };
    const options = (verdict, tone) =>
        point.answers[verdict].map((option) =>
            toggle(option, answer.reading === option, choose(option), {"data-tone": tone}),
        );
    return h(
        "div",
        {class: "choices", role: "group", "aria-label": answer.name},
        options("pass", "good"),
        options("fail", "bad"),
    );
}

function photo(asked) {
    return [photoField(asked.answer, asked.redraw, {alt: `Photo of ${asked.answer.name}`}), failByHand(asked)];
}

function hand({answer, redraw}, word, words, tone) {
    const press = () => {
        answer.passed_by_hand = answer.passed_by_hand === word ? "" : word;
        return redraw();
    };
    return toggle(words, answer.passed_by_hand === word, press, {"data-tone": tone});
}

/** The photo or the words pass it; what they show may still be wrong. */
function failByHand(asked) {
    return h("div", {class: "choices"}, hand(asked, "fail", "It is wrong: fail", "bad"));
}

function judge(asked) {
    return h(
        "div",
        {class: "choices", role: "group", "aria-label": asked.answer.name},
        hand(asked, "pass", "Pass", "good"),
        hand(asked, "fail", "Fail", "bad"),
    );
}

/** Drawn with a finger; whose it is, the server says by PIN or login. */
function signature(asked) {
    const {app, point, answer, changed, redraw} = asked;
    const who = app.sync.person?.name;
    const canvas = h("canvas", {class: "signature", width: 900, height: 420, role: "img", "aria-label": "Sign here"});
    draw(canvas, (blob) => {
        answer.signature = blob;
        changed();
    });
    if (answer.signature) {
        show(canvas, answer.signature);
    }
    const clear = () => {
        answer.signature = "";
        return redraw();
    };
    return [
        point.signed_by && !answer.signature && h("p", {}, `Signed by ${point.signed_by}.`),
        h(
            "p",
            {class: "quiet"},
            who ? `${who} signs here with a finger.` : "Sign here with a finger. The name of your login goes with it.",
        ),
        canvas,
        h(
            "div",
            {class: "choices"},
            button("backspace", "Sign again", clear),
            hand(asked, "fail", "Do not sign: fail", "bad"),
        ),
    ];
}
