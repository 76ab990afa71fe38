import {orderOf} from "../actions";
import {field, h, mainAction, toggle} from "../dom";
import {screens} from "./screens";
import {nameOf, partsIn} from "./jobs";

/** What is being filled in; it goes when another job is opened, and outlives a redraw. */
let form = {};

function formFor(key, work, order) {
    if (form.key !== key) {
        const lots = order.workshop_sheets;
        form = {key, quantity: 1, lots: lots.length === 1 ? [lots[0].name] : [], typed: "", reason: ""};
    }
    form.quantity = Math.min(form.quantity, partsIn(work, order, "to_make").length);
    return form;
}

function stepper(app, most) {
    const change = (by) => () => {
        form.quantity = Math.min(most, Math.max(1, form.quantity + by));
        app.draw();
    };
    const step = (word, sign, by) =>
        h("button", {type: "button", class: "button", "aria-label": word, onclick: change(by)}, sign);
    return h(
        "div",
        {class: "stepper", role: "group", "aria-label": "How many"},
        step("One less", "−", -1),
        h("output", {}, String(form.quantity)),
        step("One more", "+", 1),
        h("button", {type: "button", class: "button", onclick: change(most)}, `All ${most}`),
    );
}

function sheets(app, order) {
    const flip = (name) => () => {
        form.lots = form.lots.includes(name) ? form.lots.filter((one) => one !== name) : [...form.lots, name];
        app.draw();
    };
    const typed = h("input", {
        type: "text",
        autocomplete: "off",
        value: form.typed,
        oninput: (ev) => (form.typed = ev.target.value),
    });
    return [
        h("h2", {}, "Which sheets were cut?"),
        h(
            "div",
            {class: "choices"},
            ...order.workshop_sheets.map(({name, sheets: left}) =>
                toggle(`${name} (${left} left)`, form.lots.includes(name), flip(name)),
            ),
        ),
        field("Another lot, by scanner or typed", typed),
    ];
}

function chosenLots() {
    return [...form.lots, form.typed].filter((lot) => lot.trim()).join("\n");
}

function chosenParts(work, order, only) {
    const open = partsIn(work, order, "to_make");
    return only ? open.filter((part) => part.id === Number(only)) : open.slice(0, form.quantity);
}

function screen(key, title, draw) {
    screens[key] = {
        title: () => title,
        back: (id) => `job/${id}`,
        draw: (app, id, only) => {
            const order = orderOf(app.work, Number(id));
            const open = order ? partsIn(app.work, order, "to_make") : [];
            if (!open.length) {
                return h("p", {class: "empty"}, "No block of this job is left to make.");
            }
            formFor(`${key} ${id} ${only || ""}`, app.work, order);
            return draw(app, order, only, open);
        },
    };
}

async function record(app, name, order, args) {
    await app.tell(name, args);
    form = {};
    app.go(`job/${order.id}`);
}

function which(app, order, only, open) {
    const parts = chosenParts(app.work, order, only);
    return [
        !only && stepper(app, open.length),
        h("p", {}, `${nameOf(order)}. Labels: `, h("strong", {}, parts.map((part) => part.name).join(", "))),
    ];
}

screen("made", "Blocks are done", (app, order, only, open) => {
    const parts = chosenParts(app.work, order, only);
    const done = () => {
        if (!chosenLots() && order.workshop_sheets.length) {
            return app.complain("Tap the sheets that were cut, or type their lot.");
        }
        return record(app, "made", order, {parts: parts.map((part) => part.id), sheets: chosenLots()});
    };
    return [
        which(app, order, only, open),
        sheets(app, order),
        mainAction("done", parts.length === 1 ? "1 block is done" : `${parts.length} blocks are done`, done),
    ];
});

screen("spoil", "Spoiled", (app, order, only, open) => {
    const parts = chosenParts(app.work, order, only);
    const reason = h("input", {
        type: "text",
        value: form.reason,
        maxlength: 200,
        oninput: (ev) => (form.reason = ev.target.value),
    });
    const spoil = () => {
        if (!form.reason.trim()) {
            return app.complain("Say in a few words what went wrong.");
        }
        const args = {parts: parts.map((part) => part.id), reason: form.reason.trim(), sheets: chosenLots()};
        return record(app, "spoil", order, args);
    };
    return [
        which(app, order, only, open),
        field("What went wrong", reason, "The coordinator reads it and says who makes them again."),
        sheets(app, order),
        mainAction("spoil", parts.length === 1 ? "1 block is spoiled" : `${parts.length} blocks are spoiled`, spoil, {
            "data-tone": "bad",
        }),
    ];
});
