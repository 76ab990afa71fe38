import {h} from "@wcm_network/bench/dom";
import {filesToKeep} from "@wcm_network/bench/screens/steps";

function addressOf(sha256) {
    return `/quality/picture/${sha256}`;
}

/** Pictures of all checkpoints go along for a shift without network, each once. */
filesToKeep.push(({parts, arrivals = [], checks, stage_checks = {}, receipt_checks = {}}) => {
    const opened = [...parts, ...arrivals].map(({check}) => check);
    const coming = [checks, receipt_checks, ...Object.values(stage_checks)].flatMap((each) => Object.values(each));
    const plans = [...opened, ...coming];
    const pictures = plans.flatMap((plan) => (plan?.points || []).map(({picture}) => picture)).filter(Boolean);
    return pictures.map((sha256) => [sha256, addressOf(sha256)]);
});

/** What to look at; on this tablet, or from the server where it is not. */
export function pictureOf(app, {name, picture}) {
    const shown = h("img", {alt: `How to check: ${name}`});
    const place = h("figure", {class: "drawing check-picture"}, shown);
    shown.addEventListener("error", () =>
        place.replaceChildren(
            h("p", {class: "note warn"}, "The picture is not on this tablet. It needs network once."),
        ),
    );
    app.sync.store
        .read("files", picture)
        .then((kept) => (shown.src = kept ? URL.createObjectURL(kept) : addressOf(picture)));
    return place;
}
