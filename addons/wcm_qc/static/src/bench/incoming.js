import {actions} from "@wcm_network/bench/actions";
import {badge, h} from "@wcm_network/bench/dom";
import {jobsHooks} from "@wcm_network/bench/screens/jobs";
import {screens} from "@wcm_network/bench/screens/screens";

/** A lot of sheets that waits at the member's own place; its id is a text such as “lot7”. */
export function lotOf(work, id) {
    return (work.lots || []).find((lot) => lot.id === id);
}

actions.check_lot = {
    words: (args, work) => `Check sheets ${lotOf(work, `lot${args.check}`)?.name || ""}`,
    apply: (work, args) => {
        const lot = lotOf(work, `lot${args.check}`);
        if (lot) {
            lot.check = {...lot.check, state: "told"};
        }
    },
};

function row({id, name, component, check}) {
    const standing = check.hold ? badge("hold", "Cut nothing from it yet", "warn") : badge("check", "To check", "calm");
    return h(
        "li",
        {},
        h(
            "a",
            {class: "card", href: `#/sheetcheck/${id}/0`},
            h("strong", {class: "card-title"}, `Check sheets ${name}`),
            standing,
            h("span", {class: "quiet"}, component),
        ),
    );
}

jobsHooks.push(({work}) => {
    const waiting = (work.lots || []).filter((lot) => lot.check.state === "open");
    return waiting.length > 0 && h("ul", {class: "cards"}, ...waiting.map(row));
});

screens.sheetcheck = {
    ...screens.check,
    back: (id, number) => (Number(number) ? `sheetcheck/${id}/${Number(number) - 1}` : "jobs"),
};
