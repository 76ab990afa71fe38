import {find as findArrival} from "@wcm_network/bench/screens/arrive";
import {find} from "@wcm_network/bench/screens/scan";
import {quantity} from "@wcm_qc/checking/quantity";
import {unitsOf, verdictOf} from "./check_answers";

/** What a gauge or scanner sends while a measurement is asked for. */
export function gaugeFor({app, part, point, answer, place, next}) {
    if (point?.kind !== "measurement") {
        return null;
    }
    const inputs = () => Array.from(place.querySelectorAll("input[name=reading]"));
    const following = (input) => {
        const open = inputs().find((one) => !one.value.trim());
        if (open) {
            open.focus();
        } else if (verdictOf(app.work, point, answer) === "pass") {
            next();
        } else {
            input.focus(); // so that what is wrong is read before one goes on
        }
    };
    const typed = (text, focused) => {
        const trouble = troubleWith(app, part, point, text);
        app.complain(trouble);
        const input = focused || inputs().find((one) => !one.value.trim());
        if (trouble) {
            return;
        }
        if (!input) {
            app.complain("All readings are taken. Tap the one that you want to take again.");
            return;
        }
        input.value = text.trim();
        input.dispatchEvent(new Event("input"));
        following(input);
    };
    return {inputs, typed, entered: following};
}

/** Why it is no reading; nothing is entered then. */
function troubleWith(app, part, point, text) {
    const scanned = find(app.work, text) || findArrival(app.work, text);
    if (scanned) {
        return scanned.id === part.id
            ? `You scanned ${part.name}: this is its check. A code is no reading, so nothing was entered.`
            : `You scanned ${scanned.name}, but this is the check of ${part.name}. Nothing was entered.`;
    }
    const isRead = !Number.isNaN(quantity(text, unitsOf(app.work, point)));
    return isRead ? "" : `“${text.slice(0, 60)}” is no reading of ${point.name}. Nothing was entered.`;
}
