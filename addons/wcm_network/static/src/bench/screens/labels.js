import {orderOf} from "../actions";
import {h, mainAction, toggle} from "../dom";
import {screens} from "./screens";

export const SIZES = {a4: "A4 sheets", small: "62 × 29 mm"};
const CHOSEN = "wcm-bench-labels";

/** Where the labels of a job are kept; others when blocks came or went. */
export function keyOfLabels(order, size) {
    return `labels ${order.id} ${order.labels} ${size}`;
}

export function areLabelsOf(order, key) {
    return Object.keys(SIZES).some((size) => key === keyOfLabels(order, size));
}

async function fetched(store, order, size) {
    const answer = await fetch(`/network/work-order/${order.id}/labels.pdf?size=${size}`);
    if (!answer.ok || answer.redirected) {
        throw new Error("Not the labels");
    }
    const labels = await answer.blob();
    await store.write("files", keyOfLabels(order, size), labels);
    return labels;
}

/** Labels of all jobs that are taken along, one after the other: the server draws each once for this tablet. */
export async function keepLabels({store, work}) {
    const kept = await store.keys("files");
    for (const size of Object.keys(SIZES)) {
        for (const order of work.orders) {
            if (order.labels && !kept.includes(keyOfLabels(order, size))) {
                await fetched(store, order, size);
            }
        }
    }
}

/** The labels as the server prints them now; without network, as they were taken along. */
async function openLabels(app, order, size) {
    const page = window.open("", "_blank");
    const {store} = app.sync;
    const labels = await fetched(store, order, size).catch(() => store.read("files", keyOfLabels(order, size)));
    if (labels) {
        page.location = URL.createObjectURL(labels);
    } else {
        page.close();
        app.complain("The labels of this job are not on this tablet yet. It needs network for a moment.");
    }
}

/** A printer stands beside the tablet: the size that was printed last is the one to print. */
function chosenSize() {
    const size = localStorage.getItem(CHOSEN);
    return size in SIZES ? size : "a4";
}

function sizes(app) {
    const choose = (size) => () => {
        localStorage.setItem(CHOSEN, size);
        app.draw();
    };
    return h(
        "div",
        {class: "choices", role: "group", "aria-label": "Size"},
        ...Object.entries(SIZES).map(([size, word]) => toggle(word, size === chosenSize(), choose(size))),
    );
}

screens.labels = {
    title: () => "Labels",
    back: (id) => `job/${id}`,
    draw: (app, id) => {
        const order = orderOf(app.work, Number(id));
        if (!order?.labels) {
            return h("p", {class: "empty"}, "There is no label to print for this job.");
        }
        return [
            h("p", {class: "lead"}, `${order.component_name} for ${order.build_name}`),
            sizes(app),
            mainAction("label", "Print the labels", () => openLabels(app, order, chosenSize())),
            h("p", {class: "quiet"}, "Printed again, a label is the same."),
        ];
    },
};
