import {orderOf} from "../actions";
import {field, h, mainAction, toggle} from "../dom";
import {photoField} from "./photo";
import {screens} from "./screens";

/** What is being filled in; it outlives a redraw. */
let form = {};

function formFor(order) {
    const [only] = order.sheets_to_buy.length === 1 ? order.sheets_to_buy : [];
    const empty = {key: order.id, product: only?.product, quantity: "", lot: "", supplier: "", photo: null};
    form = form.key === order.id ? form : empty;
}

function kinds(app, order) {
    const choose = (product) => () => {
        form.product = product;
        app.draw();
    };
    return h(
        "div",
        {class: "choices", role: "group", "aria-label": "Which sheets"},
        ...order.sheets_to_buy.map(({product, name, needed, bought}) =>
            toggle(`${name}: ${bought} of ${needed} bought`, product === form.product, choose(product)),
        ),
    );
}

function input(name, label, help, more = {}) {
    const element = h("input", {
        type: "text",
        autocomplete: "off",
        maxlength: 200,
        name,
        value: form[name],
        oninput: (ev) => (form[name] = ev.target.value),
        ...more,
    });
    return field(label, element, help);
}

function problem(order) {
    if (!form.product) {
        return "Tap which sheets you bought.";
    }
    if (!(Number(form.quantity) > 0)) {
        return "Say how many sheets.";
    }
    if (!form.lot.trim()) {
        return "Scan or type the lot or batch number of the sheets.";
    }
    const wanted = order.sheets_to_buy.find((one) => one.product === form.product);
    return wanted.certificate && !form.photo && !wanted.bought ? "Take a photo of the supplier's certificate." : "";
}

async function record(app, order) {
    if (problem(order)) {
        app.complain(problem(order));
        return;
    }
    const {product, supplier, photo} = form;
    const lot = form.lot.trim().toUpperCase();
    const args = {order: order.id, product, quantity: Number(form.quantity), lot, supplier: supplier.trim()};
    await app.tell("sheets", photo ? {...args, photo} : args);
    form = {};
    app.go(`job/${order.id}`);
}

screens.bought = {
    title: () => "Sheets bought",
    back: (id) => `job/${id}`,
    draw: (app, id) => {
        const order = orderOf(app.work, Number(id));
        if (!order?.sheets_to_buy?.length) {
            return h("p", {class: "empty"}, "The hub sends the sheets of this job.");
        }
        formFor(order);
        return [
            kinds(app, order),
            input("quantity", "How many sheets", "", {type: "number", min: 0, step: "any", inputmode: "decimal"}),
            input("lot", "Lot or batch number, by scanner or typed", "As on the sheets or their delivery note."),
            input("supplier", "Bought from", ""),
            photoField(form, () => app.drawScreen(), {label: "Photo of the supplier's certificate"}),
            mainAction("done", "Record them", () => record(app, order)),
        ];
    },
};
