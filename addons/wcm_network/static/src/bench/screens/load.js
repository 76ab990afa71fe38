import {orderOf} from "../actions";
import {badge, h, mainAction} from "../dom";
import {screens} from "./screens";
import {nameOf, partBadge} from "./jobs";
import {camera, codeField, find} from "./scan";

/** Last in, first lifted: the first of these goes on board first. */
export function inLoadingOrder(parts) {
    return [...parts].sort((one, other) => other.lift - one.lift);
}

function loadRow(app, part, number) {
    const order = orderOf(app.work, part.work_order_id);
    return h(
        "li",
        {},
        h(
            "a",
            {class: "row", href: `#/part/${part.id}`},
            h("strong", {}, `${number}. ${part.name}`),
            h("span", {class: "quiet"}, order ? nameOf(order) : ""),
            partBadge(part),
        ),
    );
}

function siteOf(app, part) {
    return orderOf(app.work, part.work_order_id)?.site_name || "";
}

function packedFor(app, site) {
    return inLoadingOrder(app.work.parts.filter((part) => part.state === "packed" && siteOf(app, part) === site));
}

/** Out of order it goes on all the same: the person at the vehicle sees more than the list. */
async function load(app, part) {
    const before = packedFor(app, siteOf(app, part)).find((other) => !other.is_loaded && other.lift > part.lift);
    await app.tell("load", {parts: [part.id]});
    if (before) {
        app.complain(`${part.name} is lifted before ${before.name}. By the list ${before.name} goes on first.`);
    }
}

function loadScan(app, code) {
    const part = find(app.work, code);
    if (!part || !["made", "packed"].includes(part.state) || part.is_held) {
        app.complain(
            part
                ? `${part.name} cannot be loaded: ${part.hold_reason || "it is not made yet"}.`
                : `“${code.slice(0, 60)}” is no block of your jobs.`,
        );
        return;
    }
    load(app, part);
}

function vehicle(app, site, parts) {
    const loaded = parts.filter((part) => part.is_loaded);
    const next = parts.find((part) => !part.is_loaded);
    const leave = () => app.tell("dispatch", {parts: parts.map((part) => part.id)});
    return h(
        "section",
        {class: "vehicle"},
        h("h2", {}, `To ${site}`),
        h(
            "p",
            {},
            badge(
                "load",
                `${loaded.length} of ${parts.length} loaded`,
                loaded.length === parts.length ? "good" : "calm",
            ),
        ),
        next && h("p", {class: "lead"}, `Next on board: ${next.name}`),
        h("ul", {class: "rows"}, ...parts.map((part, index) => loadRow(app, part, index + 1))),
        loaded.length === parts.length && mainAction("load", "The vehicle leaves", leave),
    );
}

screens.load = {
    title: () => "Load",
    draw: (app) => {
        const packed = app.work.parts.filter((part) => part.state === "packed");
        const sites = [...new Set(packed.map((part) => siteOf(app, part)))];
        const code = codeField("Scan each block as it goes on board", (text) => loadScan(app, text));
        return [
            code.element,
            camera(app, (text) => loadScan(app, text)),
            packed.length
                ? null
                : h("p", {class: "empty"}, "Nothing is packed. Pack made blocks from their job first."),
            ...sites.map((site) => vehicle(app, site, packedFor(app, site))),
        ];
    },
    focus: "input",
};
