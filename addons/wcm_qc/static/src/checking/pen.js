/** Lines that a finger, pen or mouse draws, as a picture: `done` is called with it after each stroke. */
export function draw(canvas, done) {
    const pen = canvas.getContext("2d");
    let isDown = false;
    const at = (ev) => {
        const {left, top, width, height} = canvas.getBoundingClientRect();
        return [((ev.clientX - left) * canvas.width) / width, ((ev.clientY - top) * canvas.height) / height];
    };
    Object.assign(pen, {lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: "#101418"});
    canvas.addEventListener("pointerdown", (ev) => {
        isDown = true;
        canvas.setPointerCapture(ev.pointerId);
        pen.beginPath();
        pen.moveTo(...at(ev));
    });
    canvas.addEventListener("pointermove", (ev) => {
        if (isDown) {
            pen.lineTo(...at(ev));
            pen.stroke();
        }
    });
    canvas.addEventListener("pointerup", () => {
        isDown = false;
        canvas.toBlob(done, "image/png");
    });
}

/** What was drawn before. */
export async function show(canvas, blob) {
    canvas.getContext("2d").drawImage(await createImageBitmap(blob), 0, 0);
}
