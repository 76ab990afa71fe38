import {orderOf} from "../actions";
import {button, h, link, mainAction} from "../dom";
import {screens} from "./screens";
import {nameOf, partBadge} from "./jobs";

/** What else a part's screen shows and does: functions of (app, part) that give elements, or {main}. */
export const partHooks = [];

export function partOf(work, id) {
    return work.parts.find((part) => part.id === Number(id));
}

function ownAction(app, part) {
    const choices = {
        to_make: ["done", "This block is done", () => app.go(`made/${part.work_order_id}/${part.id}`)],
        made: ["pack", "Pack", () => app.tell("pack", {parts: [part.id]})],
        packed: ["load", "Load on to the vehicle", () => app.tell("load", {parts: [part.id]})],
    };
    const choice = part.is_held || part.is_loaded ? null : choices[part.state];
    return choice && mainAction(...choice);
}

function buttons(app, part, order, added) {
    const unpack = () => app.tell("unpack", {parts: [part.id]});
    return h(
        "div",
        {class: "buttons"},
        order && link("jobs", "The job", `#/job/${order.id}`),
        part.state === "packed" && button("back", "Unpack", unpack),
        added.map(({more}) => more),
    );
}

function standingOf(app, part) {
    const order = orderOf(app.work, part.work_order_id);
    const added = partHooks.map((hook) => hook(app, part)).filter(Boolean);
    return [
        order && h("p", {class: "lead"}, `${nameOf(order)} for ${order.build_name}`),
        h("p", {}, partBadge(part)),
        part.is_held && h("p", {class: "note warn"}, part.hold_reason || "It is held: a check comes first."),
        added.find(({main}) => main)?.main || ownAction(app, part),
        buttons(app, part, order, added),
    ];
}

screens.part = {
    title: ({work}, id) => partOf(work, id)?.name || "Block",
    back: () => "scan",
    draw: (app, id) => {
        const part = partOf(app.work, id);
        return part ? standingOf(app, part) : h("p", {class: "empty"}, "This block is not on your list any more.");
    },
};
