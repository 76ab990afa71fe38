const FAST_MS = 50;

/** What is typed without a pause, and what stood before in the field that has the focus. */
class Burst {
    text = "";
    last = 0;
    restore = () => {};

    /** Shift and the like come in between; what was deleted before is no part of it. */
    add({key, target, timeStamp}) {
        const isLate = timeStamp - this.last > FAST_MS;
        if (key.length > 1 && key !== "Enter") {
            return;
        }
        if (isLate || !this.text) {
            const {value} = target;
            this.text = "";
            this.restore = () => value !== undefined && restored(target, value);
        }
        this.last = timeStamp;
        this.text += key.length === 1 ? key : "";
    }

    end() {
        const {text} = this;
        this.text = "";
        return text;
    }
}

/** Whoever listens to what is typed hears of it. */
function restored(input, value) {
    input.value = value;
    input.dispatchEvent(new Event("input", {bubbles: true}));
}

/**
 * Gauges and scanners type as a keyboard does, faster than a person, and end with Enter, wherever the focus is.
 *
 * `now()` gives what takes it at this moment, or nothing: {inputs, typed(text, input), entered(input)}. What was typed fast goes to
 * `typed`, and the field that had the focus is again as it was; Enter of a person in one of the inputs goes to `entered`.
 */
export function listenToGauge(now) {
    const burst = new Burst();
    document.addEventListener(
        "keydown",
        (ev) => {
            const taker = now();
            if (taker && !ev.ctrlKey && !ev.altKey && !ev.metaKey) {
                burst.add(ev);
                if (ev.key === "Enter") {
                    end(ev, taker);
                }
            }
        },
        true,
    );

    function end(ev, taker) {
        const input = taker.inputs().find((one) => one === ev.target);
        const text = burst.end();
        if (ev.target.name === "code") {
            return; // a field for codes takes its own
        }
        if (text.length > 1) {
            burst.restore();
            stop(ev);
            taker.typed(text, input);
        } else if (input) {
            stop(ev);
            taker.entered(input);
        }
    }
}

function stop(ev) {
    ev.preventDefault();
    ev.stopImmediatePropagation();
}
