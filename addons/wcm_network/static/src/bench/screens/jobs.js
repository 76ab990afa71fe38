import {orderOf} from "../actions";
import {badge, button, h, icon, link, mainAction} from "../dom";
import {screens} from "./screens";

const DAY = new Intl.DateTimeFormat("en-GB", {weekday: "short", day: "numeric", month: "short"});

export function day(text) {
    return text ? DAY.format(new Date(`${text}T12:00:00`)) : "";
}

export function nameOf(order) {
    return order.component_code || order.component_name;
}

export function partsIn(work, order, ...states) {
    return work.parts.filter(
        (part) => part.work_order_id === order.id && (!states.length || states.includes(part.state)),
    );
}

export function standing(order) {
    if (order.on_hold) {
        return badge("hold", `On hold: ${order.hold_reason || ""}`, "bad");
    }
    if (order.is_paused) {
        return badge("pause", order.pause_reason ? `Paused: ${order.pause_reason}` : "Paused", "warn");
    }
    return {
        released: badge("start", "Not begun"),
        in_production: badge("sending", "In work", "good"),
        ready: badge("done", "All made", "good"),
    }[order.state];
}

function progress(work, order) {
    const made = order.quantity_dispatched + partsIn(work, order, "made", "packed", "dispatched").length;
    return `${made} of ${order.quantity} made`;
}

function card(work, order) {
    return h(
        "li",
        {},
        h(
            "a",
            {class: "card", href: `#/job/${order.id}`},
            h("strong", {class: "card-title"}, `${nameOf(order)} × ${order.quantity}`),
            standing(order),
            h("span", {}, `${progress(work, order)} · ready by ${day(order.date_due)}`),
            h("span", {class: "quiet"}, `${order.build_name}, ${order.site_name}`),
        ),
    );
}

function nothing({sync, work}) {
    if (!sync.user) {
        return h(
            "p",
            {class: "empty"},
            "Nobody is logged in on this tablet. Log in once with network; then work goes on without.",
        );
    }
    const notices = work.members.map((member) => member.notice).filter(Boolean);
    const words = notices.length
        ? notices
        : ["No job is waiting. New jobs come here when your coordinator releases them."];
    return words.map((text) => h("p", {class: "empty"}, text));
}

/** What else waits, above the jobs: functions of the app that give elements, or nothing. */
export const jobsHooks = [];

screens.jobs = {
    title: () => "Jobs",
    draw: (app) => {
        const {work} = app;
        const jobs = work.orders.filter(
            (order) => order.state !== "ready" || partsIn(work, order, "made", "packed").length,
        );
        const more = jobsHooks.map((hook) => hook(app)).filter(Boolean);
        const list = jobs.length > 0 && h("ul", {class: "cards"}, ...jobs.map((order) => card(work, order)));
        return list || more.length ? [...more, list] : nothing(app);
    },
};

function whatNext(app, order) {
    const {work} = app;
    if (order.on_hold) {
        return h("p", {class: "note bad"}, `On hold: ${order.hold_reason}. Ask your coordinator before you go on.`);
    }
    if (order.state === "released" || order.is_paused) {
        const start = () => app.tell("start", {order: order.id});
        return mainAction("start", order.is_paused ? "Go on" : "Start", start);
    }
    if (partsIn(work, order, "to_make").length) {
        return mainAction("done", "Blocks are done", () => app.go(`made/${order.id}`));
    }
    return partsIn(work, order, "made").some((part) => !part.is_held)
        ? mainAction("pack", "Pack what is made", () => packAll(app, order))
        : mainAction("load", "Load", () => app.go("load"));
}

function packAll(app, order) {
    const free = partsIn(app.work, order, "made").filter((part) => !part.is_held);
    return app.tell("pack", {parts: free.map((part) => part.id)});
}

const PART_WORDS = {
    to_make: ["start", "To make", "calm"],
    made: ["done", "Made", "good"],
    packed: ["pack", "Packed", "good"],
    dispatched: ["load", "Left", "calm"],
    scrapped: ["spoil", "Spoiled", "bad"],
};

export function partBadge(part) {
    if (part.is_held) {
        return badge("hold", "Held", "warn");
    }
    return part.is_loaded && part.state === "packed"
        ? badge("load", "Loaded", "good")
        : badge(...PART_WORDS[part.state]);
}

function blocks(work, order) {
    return h(
        "ul",
        {class: "rows"},
        ...partsIn(work, order).map((part) =>
            h(
                "li",
                {},
                h(
                    "a",
                    {class: "row", href: `#/part/${part.id}`},
                    h("strong", {}, part.name),
                    partBadge(part),
                    icon("next"),
                ),
            ),
        ),
    );
}

function more(app, order) {
    const isRunning = order.state === "in_production" && !order.is_paused;
    return h(
        "div",
        {class: "buttons"},
        link("steps", "Steps and drawings", `#/steps/${order.id}/0`),
        link("label", "Labels", `#/labels/${order.id}`),
        order.sheets_to_buy?.length > 0 && link("load", "Sheets bought", `#/bought/${order.id}`),
        isRunning && link("pause", "Pause", `#/pause/${order.id}`),
        isRunning && link("spoil", "Spoiled", `#/spoil/${order.id}`),
    );
}

screens.job = {
    title: ({work}, id) => (orderOf(work, Number(id)) ? nameOf(orderOf(work, Number(id))) : "Job"),
    back: () => "jobs",
    draw: (app, id) => {
        const order = orderOf(app.work, Number(id));
        if (!order) {
            return h("p", {class: "empty"}, "This job is not on your list any more.");
        }
        return [
            h("p", {class: "lead"}, `${order.component_name} × ${order.quantity} for ${order.build_name}`),
            order.is_first_piece &&
                h("p", {class: "note"}, "First piece: it is looked at and accepted before the rest is released."),
            h("p", {}, standing(order)),
            h("p", {}, `${progress(app.work, order)} · ready by ${day(order.date_due)}`),
            whatNext(app, order),
            more(app, order),
            h("h2", {}, "Blocks"),
            blocks(app.work, order),
        ];
    },
};

const REASONS = ["Break", "Machine", "No material", "Other job", "End of the shift"];

screens.pause = {
    title: () => "Pause: why?",
    back: (id) => `job/${id}`,
    draw: (app, id) =>
        h(
            "div",
            {class: "choices"},
            ...REASONS.map((reason) =>
                button("pause", reason, async () => {
                    await app.tell("pause", {order: Number(id), reason});
                    app.go(`job/${id}`);
                }),
            ),
        ),
};
