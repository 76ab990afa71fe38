import {shrink} from "@wcm_network/workshop/photo";
import {h} from "../dom";

/** A photo that is being added to what is filled in: `draft.photo`. */
export function photoField(draft, redraw, {label = "Take a photo", alt = "Your photo"} = {}) {
    const take = async (ev) => {
        const [file] = ev.target.files;
        if (file) {
            draft.photo = await shrink(file);
            await redraw();
        }
    };
    const input = h("input", {
        type: "file",
        accept: "image/*",
        capture: "environment",
        name: "photo",
        class: "hidden-input",
        onchange: take,
    });
    const shown = draft.photo && h("img", {class: "photo", src: URL.createObjectURL(draft.photo), alt});
    return [h("label", {class: "button file"}, draft.photo ? "Take it again" : label, input), shown];
}
