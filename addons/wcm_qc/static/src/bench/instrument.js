import {h, toggle} from "@wcm_network/bench/dom";
import {camera, codeField} from "@wcm_network/bench/screens/scan";
import {checkExtras} from "./check";

const today = () => new Date().toISOString().slice(0, 10);
const lastKey = (kind) => `wcm instrument ${kind}`;

const lastUsed = (kind) => Number(localStorage.getItem(lastKey(kind)));

/** Those of the right kind that are with the member and in date; what was used last comes first. */
function offered({instruments = []}, kind) {
    const last = lastUsed(kind);
    const usable = instruments.filter((one) => one.kind_id === kind && one.due_on >= today());
    return usable.sort((one, other) => (other.id === last) - (one.id === last));
}

/** With which instrument: tapped or scanned; what was used last is chosen already. */
function instrumentField({app, point, answer, redraw}) {
    const kind = point.instrument_kind;
    const name = point.instrument_name.toLowerCase();
    const known = offered(app.work, kind);
    answer.instrument ||= point.instrument || (known[0]?.id === lastUsed(kind) && known[0]?.id);
    const pick = (one) => {
        answer.instrument = one.id;
        localStorage.setItem(lastKey(kind), one.id);
        return redraw();
    };
    const scanned = (code) => {
        const one = known.find((each) => each.code.toUpperCase() === code.trim().toUpperCase());
        return one ? pick(one) : app.complain(`“${code.slice(0, 60)}” is no ${name} in date that is with you.`);
    };
    if (!known.length) {
        return h(
            "p",
            {class: "note warn"},
            `Measured with: ${name}. None that is in date is with you; ask your supervisor.`,
        );
    }
    return [
        h("p", {}, `Measured with: ${name}`),
        h(
            "div",
            {class: "choices", role: "group", "aria-label": point.instrument_name},
            ...known.map((one) => toggle(one.display_name, answer.instrument === one.id, () => pick(one))),
        ),
        codeField("Or scan its code", scanned).element,
        camera(app, scanned),
    ];
}

checkExtras.push((context) => {
    const {competence, instrument_kind: kind} = context.point;
    return [competence && h("p", {}, `Checked by who has learnt: ${competence}`), kind && instrumentField(context)];
});
