import {button, field, h, mainAction} from "../dom";
import {screens} from "./screens";

/** What a scanner reads, or somebody types: serial number, public code in fours or not, or the address on the label. */
export function codeOf(code) {
    const text = code
        .trim()
        .split("?")[0]
        .replace(/\/+$/, "")
        .split(/\/part\//i)
        .pop()
        .toUpperCase();
    const bare = text.replaceAll(" ", "");
    return /^[A-Z2-7]{16}$/.test(bare) ? bare : text;
}

export function find(work, code) {
    const text = codeOf(code);
    return work.parts.find((part) => [part.name.toUpperCase(), part.code].includes(text));
}

export function scanned(app, code) {
    const part = find(app.work, code);
    if (part) {
        app.go(`part/${part.id}`);
    } else {
        app.complain(`“${code.slice(0, 60)}” is no block of your jobs. Scan its label, or type the number under it.`);
    }
}

/** One field for codes: typed, or sent by a keyboard scanner, which ends with Enter. */
export function codeField(label, take) {
    const input = h("input", {
        type: "text",
        autocomplete: "off",
        autocapitalize: "characters",
        enterkeyhint: "go",
        name: "code",
    });
    input.addEventListener("keydown", (ev) => {
        if (ev.key === "Enter" && input.value.trim()) {
            ev.preventDefault();
            take(input.value.trim());
            input.value = "";
        }
    });
    return {input, element: field(label, input)};
}

async function watch(video, take) {
    const detector = new window.BarcodeDetector({formats: ["qr_code", "code_128", "code_39", "data_matrix"]});
    while (video.isConnected) {
        const [found] = await detector.detect(video).catch(() => []);
        if (found) {
            take(found.rawValue);
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 150));
    }
}

/** A button that opens the camera, where the browser can read codes from it. */
export function camera(app, take) {
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices) {
        return null;
    }
    const place = h("div", {class: "camera"});
    const openCamera = async () => {
        const video = h("video", {autoplay: true, playsinline: true, muted: true, "aria-label": "Camera"});
        try {
            video.srcObject = await navigator.mediaDevices.getUserMedia({video: {facingMode: "environment"}});
        } catch {
            app.complain("The camera cannot be used. Type the code instead.");
            return;
        }
        place.replaceChildren(video);
        await video.play();
        await watch(video, take);
        video.srcObject.getTracks().forEach((track) => track.stop());
        place.replaceChildren();
    };
    place.append(button("photo", "Use the camera", openCamera));
    return place;
}

screens.scan = {
    title: () => "Scan a block",
    draw: (app) => {
        const code = codeField("Code on the label", (text) => scanned(app, text));
        return [
            code.element,
            mainAction("scan", "Find it", () => code.input.value.trim() && scanned(app, code.input.value)),
            camera(app, (text) => scanned(app, text)),
        ];
    },
    focus: "input",
};
