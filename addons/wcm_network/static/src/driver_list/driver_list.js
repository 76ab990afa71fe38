// What a driver ticks off stays on this phone: it is told to nobody and needs no network.
const list = document.querySelector("main[data-run]");
const kept = `wcm_run_${list.dataset.run}`;
const done = new Set(JSON.parse(localStorage.getItem(kept) || "[]"));

function count(stop) {
    const boxes = [...stop.querySelectorAll("input")];
    const ticked = boxes.filter((box) => box.checked).length;
    stop.querySelector("[role=status]").textContent = `${ticked} of ${boxes.length} ticked off`;
}

function tick(box) {
    done[box.checked ? "add" : "delete"](box.value);
    localStorage.setItem(kept, JSON.stringify([...done]));
    count(box.closest(".stop"));
}

for (const stop of list.querySelectorAll(".stop")) {
    for (const box of stop.querySelectorAll("input")) {
        box.checked = done.has(box.value);
        box.addEventListener("change", () => tick(box));
    }
    count(stop);
}
