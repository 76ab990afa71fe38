import {_t} from "@web/core/l10n/translation";
import {listenToGauge} from "@wcm_qc/checking/gauge";

const READING = /^[+-]?\d{1,9}([.,]\d{1,6})?\s*\D{0,10}$/;

let taker = null;
listenToGauge(() => taker);

/** :return: what lets go of the gauge again */
export function takeGauge(checklist) {
    taker = checklist;
    return () => {
        taker = taker === checklist ? null : taker;
    };
}

/** What a gauge or scanner sends while a checklist is open, on a phone to the one checkpoint that is shown. */
export function gaugeFor({root, props, notification}) {
    const inputs = () =>
        Array.from(root.el?.querySelectorAll("input[name=reading]:enabled") || []).filter((one) => one.offsetParent);
    const entered = (input) => {
        input.dispatchEvent(new Event("change"));
        const open = inputs().find((one) => one !== input && !one.value.trim());
        (open || input).focus();
    };
    const typed = (text, focused) => {
        const input = focused || inputs().find((one) => !one.value.trim());
        const trouble = troubleWith(text, props.record.data.part_name) || (!input && _t("All readings are taken."));
        if (trouble) {
            notification.add(trouble, {type: "warning"});
            return;
        }
        input.value = text.trim();
        entered(input);
    };
    return {inputs, typed, entered};
}

/** Why it is no reading; nothing is entered then. */
function troubleWith(text, part) {
    if (text.trim().toUpperCase() === part?.toUpperCase()) {
        return _t("You scanned %s: this is its check. A code is no reading, so nothing was entered.", part);
    }
    return !READING.test(text.trim()) && _t("“%s” is no reading. Nothing was entered.", text.slice(0, 60));
}
