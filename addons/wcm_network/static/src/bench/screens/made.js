import {orderOf} from "../actions";
import {field, h, link, mainAction, toggle} from "../dom";
import {screens} from "./screens";
import {nameOf, partsIn} from "./jobs";

/** Machines of the job before: whoever stands at one goes on there. */
let lastMachines = [];

/** What was taken along by an older version of this app names no machines. */
function kitOf(order) {
    return order.machines || [];
}

/** Those that were used last, else those of the order of work. */
function likelyMachines(order) {
    const used = kitOf(order).filter(({id}) => lastMachines.includes(id));
    return (used.length ? used : kitOf(order).filter(({planned}) => planned)).map(({id}) => id);
}

/** What is being filled in; it goes when another job is opened, and outlives a redraw. */
let form = {};

/** Nothing at hand comes from the server as `false`. */
function atHand(order) {
    return order.workshop_sheets || [];
}

function formFor(key, work, order) {
    if (form.key !== key) {
        const lots = atHand(order);
        form = {key, quantity: 1, lots: lots.length === 1 ? [lots[0].name] : [], typed: "", reason: ""};
        form.machines = likelyMachines(order);
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
        order.sheets_to_buy?.length > 0 &&
            !atHand(order).length &&
            link("load", "Record the sheets that you bought", `#/bought/${order.id}`),
        h(
            "div",
            {class: "choices"},
            ...atHand(order).map(({name, sheets: left}) =>
                toggle(`${name} (${left} left)`, form.lots.includes(name), flip(name)),
            ),
        ),
        field("Another lot, by scanner or typed", typed),
    ];
}

/** Where there are several machines of a process; the server knows the others by itself. */
function machines(app, order) {
    const flip = (id) => () => {
        form.machines = form.machines.includes(id) ? form.machines.filter((one) => one !== id) : [...form.machines, id];
        app.complain("");
        app.draw();
    };
    return processesOf(order).map((process) => [
        h("h2", {}, `${process}: on which machine?`),
        h(
            "div",
            {class: "choices"},
            ...kitOf(order)
                .filter((machine) => machine.process === process)
                .map(({id, name}) => toggle(name, form.machines.includes(id), flip(id))),
        ),
    ]);
}

function processesOf(order) {
    return [...new Set(kitOf(order).map(({process}) => process))];
}

function isMachineMissing(order) {
    const said = kitOf(order)
        .filter(({id}) => form.machines.includes(id))
        .map(({process}) => process);
    return processesOf(order).some((process) => !said.includes(process));
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
        if (!chosenLots() && atHand(order).length) {
            return app.complain("Tap the sheets that were cut, or type their lot.");
        }
        if (isMachineMissing(order)) {
            return app.complain("Tap the machine that it was made on.");
        }
        lastMachines = form.machines;
        const args = {parts: parts.map((part) => part.id), sheets: chosenLots(), machines: form.machines.join("\n")};
        return record(app, "made", order, args);
    };
    return [
        which(app, order, only, open),
        machines(app, order),
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
