import {orderOf} from "../actions";
import {badge, h, mainAction} from "../dom";
import {screens} from "./screens";
import {partBadge} from "./jobs";
import {camera, codeField, find} from "./scan";

function loadRow(app, part) {
    return h("li", {}, h("a", {class: "row", href: `#/part/${part.id}`}, h("strong", {}, part.name), partBadge(part)));
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
    app.tell("load", {parts: [part.id]});
}

function vehicle(app, site, parts) {
    const loaded = parts.filter((part) => part.is_loaded);
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
        h("ul", {class: "rows"}, ...parts.map((part) => loadRow(app, part))),
        loaded.length === parts.length && mainAction("load", "The vehicle leaves", leave),
    );
}

screens.load = {
    title: () => "Load",
    draw: (app) => {
        const packed = app.work.parts.filter((part) => part.state === "packed");
        const siteOf = (part) => orderOf(app.work, part.work_order_id)?.site_name || "";
        const sites = [...new Set(packed.map(siteOf))];
        const code = codeField("Scan each block as it goes on board", (text) => loadScan(app, text));
        return [
            code.element,
            camera(app, (text) => loadScan(app, text)),
            packed.length
                ? null
                : h("p", {class: "empty"}, "Nothing is packed. Pack made blocks from their job first."),
            ...sites.map((site) =>
                vehicle(
                    app,
                    site,
                    packed.filter((part) => siteOf(part) === site),
                ),
            ),
        ];
    },
    focus: "input",
};
