import {orderOf} from "../actions";
import {button, h, mainAction} from "../dom";
import {areLabelsOf} from "./labels";
import {screens} from "./screens";

const SMALL = 3_000_000;

function addressOf(order, drawing) {
    return `/network/work-order/${order.id}/drawing/${drawing.id}`;
}

/** What else is taken along: functions of the work that give [key, address] of files. */
export const filesToKeep = [];

/** Drawings of all jobs, fetched while there is network; those of jobs that are gone are dropped. */
export async function keepDrawings({store, work}) {
    const wanted = new Map(filesToKeep.flatMap((files) => files(work)));
    for (const order of work.orders) {
        order.drawings
            .filter(({size}) => size <= SMALL)
            .forEach((drawing) => wanted.set(drawing.checksum, addressOf(order, drawing)));
    }
    const kept = await store.keys("files");
    await store.drop(
        "files",
        kept.filter((key) => !wanted.has(key) && !work.orders.some((order) => areLabelsOf(order, key))),
    );
    for (const [checksum, address] of wanted) {
        if (!kept.includes(checksum)) {
            const answer = await fetch(address);
            if (answer.ok && !answer.redirected) {
                await store.write("files", checksum, await answer.blob());
            }
        }
    }
}

async function show(app, order, drawing, place) {
    const kept = await app.sync.store.read("files", drawing.checksum);
    const address = kept ? URL.createObjectURL(kept) : addressOf(order, drawing);
    if (drawing.type === "application/pdf") {
        place.replaceChildren(button("drawing", `Open ${drawing.name}`, () => window.open(address, "_blank")));
        return;
    }
    const picture = h("img", {src: address, alt: `Drawing ${drawing.name}`});
    picture.addEventListener("error", () =>
        place.replaceChildren(
            h("p", {class: "note warn"}, `${drawing.name} is not on this tablet. It needs network once.`),
        ),
    );
    place.replaceChildren(picture);
}

function drawings(app, order) {
    if (!order.drawings.length) {
        return h("p", {class: "quiet"}, "No drawing that can be shown here comes with this job.");
    }
    return order.drawings.map((drawing) => {
        const place = h("figure", {class: "drawing"});
        show(app, order, drawing, place);
        return place;
    });
}

function onwards(app, order, number) {
    return number + 1 >= order.steps.length
        ? mainAction("done", "To the job", () => app.go(`job/${order.id}`))
        : mainAction("next", "Next step", () => app.go(`steps/${order.id}/${number + 1}`));
}

function stepOf(app, order, number) {
    const step = order.steps[number];
    return [
        step && h("p", {class: "lead"}, `${step.name}: ${Math.round(step.minutes)} minutes a block`),
        order.design_revision && h("p", {}, `Revision ${order.design_revision}`),
        order.instructions && h("p", {class: "instructions"}, order.instructions),
        drawings(app, order),
        onwards(app, order, number),
    ];
}

screens.steps = {
    title: ({work}, id, number) => {
        const order = orderOf(work, Number(id));
        return order?.steps.length ? `Step ${Number(number) + 1} of ${order.steps.length}` : "Drawings";
    },
    back: (id, number) => (Number(number) ? `steps/${id}/${Number(number) - 1}` : `job/${id}`),
    draw: (app, id, number) => {
        const order = orderOf(app.work, Number(id));
        return order
            ? stepOf(app, order, Number(number))
            : h("p", {class: "empty"}, "This job is not on your list any more.");
    },
};
