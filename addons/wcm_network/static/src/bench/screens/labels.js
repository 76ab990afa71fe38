/** Where the labels of a job are kept once they have been printed from here. */
export function keyOfLabels(order) {
    return `labels ${order.id}`;
}

async function fetched(app, order) {
    const answer = await fetch(`/network/work-order/${order.id}/labels.pdf`);
    if (!answer.ok || answer.redirected) {
        throw new Error("Not the labels");
    }
    const labels = await answer.blob();
    await app.sync.store.write("files", keyOfLabels(order), labels);
    return labels;
}

/** The labels as the server prints them; without network, as they were printed last. */
export async function openLabels(app, order) {
    const page = window.open("", "_blank");
    const labels = await fetched(app, order).catch(() => app.sync.store.read("files", keyOfLabels(order)));
    if (labels) {
        page.location = URL.createObjectURL(labels);
    } else {
        page.close();
        app.complain("The labels of this job were not opened on this tablet yet. It needs network once.");
    }
}
