import {actions} from "../actions";
import {badge, button, field, h, icon, link, mainAction} from "../dom";
import {photoField} from "./photo";
import {camera, codeField, codeOf} from "./scan";
import {screens} from "./screens";

/** What else can be done with a block that is being unloaded: functions of (app, part) that give elements. */
export const arrivalHooks = [];

const DAY = new Intl.DateTimeFormat("en-GB", {weekday: "short", day: "numeric", month: "short"});
const HERE = ["received", "installed"];

function arrivalsOf(work, args) {
    return (work.arrivals || []).filter((part) => args.parts.includes(part.id));
}

function namesOf(work, args) {
    return arrivalsOf(work, args)
        .map((part) => part.name)
        .join(", ");
}

function deliveryOf(work, id) {
    return (work.deliveries || []).find((delivery) => delivery.id === Number(id));
}

function partsOf(work, delivery) {
    const parts = work.arrivals.filter((part) => part.shipment_id === delivery.id);
    return parts.sort((one, other) => one.lift - other.lift);
}

function isHere(part) {
    return part.is_scanned || HERE.includes(part.state);
}

/** Whether the screens of receiving are of use to this login. */
export function receives(work) {
    return Boolean(work.sites?.length);
}

Object.assign(actions, {
    arrived: {
        words: (args, work) => `Arrived: ${namesOf(work, args)}`,
        apply: (work, args) => arrivalsOf(work, args).forEach((part) => Object.assign(part, {is_scanned: true})),
    },
    damaged: {
        words: (args, work) => `Damaged: ${namesOf(work, args)} (${args.note})`,
        apply: (work, args) =>
            arrivalsOf(work, args).forEach((part) => Object.assign(part, {is_scanned: true, isDamaged: true})),
    },
    strange: {words: (args) => `Not on a list: ${args.code}`, apply: () => {}},
    unloaded: {
        words: (args, work) => `Unloaded ${deliveryOf(work, args.shipment)?.name || ""}: ${args.short.length} missing`,
        apply: (work, args) => {
            work.arrivals
                .filter((part) => part.shipment_id === args.shipment && part.is_scanned)
                .forEach((part) => Object.assign(part, {state: "received"}));
            Object.assign(deliveryOf(work, args.shipment) || {}, {isTold: true});
        },
    },
});

function partBadge(part) {
    if (part.isDamaged) {
        return badge("hold", "Damaged", "bad");
    }
    if (part.is_held) {
        return badge("hold", "Held", "warn");
    }
    return isHere(part) ? badge("done", "Here", "good") : badge("load", "To unload", "calm");
}

function counted(work, delivery) {
    const parts = partsOf(work, delivery);
    const here = parts.filter(isHere).length;
    return badge("load", `${here} of ${parts.length} here`, here === parts.length ? "good" : "calm");
}

function deliveryCard(work, delivery) {
    const left = delivery.left && `left ${DAY.format(new Date(`${delivery.left.replace(" ", "T")}Z`))}`;
    return h(
        "li",
        {},
        h(
            "a",
            {class: "card", href: `#/delivery/${delivery.id}`},
            h("strong", {class: "card-title"}, `${delivery.name} from ${delivery.member}`),
            counted(work, delivery),
            h("span", {}, [delivery.site_name, left, delivery.carrier].filter(Boolean).join(" · ")),
            delivery.isTold && h("span", {class: "quiet"}, "Told as unloaded"),
        ),
    );
}

export function find(work, code) {
    const text = codeOf(code);
    return (work.arrivals || []).find((part) => [part.name.toUpperCase(), part.code].includes(text));
}

/** A block that was scanned is here; what is not on a list is looked at more closely. */
export function arrived(app, code) {
    const part = find(app.work, code);
    if (!part) {
        app.go(`strange/${encodeURIComponent(code.slice(0, 200))}`);
        return;
    }
    if (!isHere(part)) {
        app.tell("arrived", {parts: [part.id]});
    }
    app.go(`arrival/${part.id}`);
}

function scanning(app) {
    const code = codeField("Scan each block as it comes off", (text) => arrived(app, text));
    return [code.element, camera(app, (text) => arrived(app, text))];
}

screens.deliveries = {
    title: () => "Receive",
    draw: (app) => {
        const {deliveries = []} = app.work;
        return [
            scanning(app),
            deliveries.length
                ? h("ul", {class: "cards"}, ...deliveries.map((delivery) => deliveryCard(app.work, delivery)))
                : h(
                      "p",
                      {class: "empty"},
                      "Nothing is on its way to you. A delivery shows here when it has left its maker.",
                  ),
        ];
    },
    focus: "input",
};

function rowOf(part) {
    return h(
        "li",
        {},
        h("a", {class: "row", href: `#/arrival/${part.id}`}, h("strong", {}, part.name), partBadge(part), icon("next")),
    );
}

screens.delivery = {
    title: ({work}, id) => deliveryOf(work, id)?.name || "Delivery",
    back: () => "deliveries",
    draw: (app, id) => {
        const delivery = deliveryOf(app.work, id);
        if (!delivery) {
            return h("p", {class: "empty"}, "This delivery has been received.");
        }
        return [
            h("p", {class: "lead"}, `From ${delivery.member} to ${delivery.site_name}`),
            h("p", {}, counted(app.work, delivery)),
            scanning(app),
            delivery.isTold
                ? h(
                      "p",
                      {class: "note"},
                      "You told that it is unloaded. It leaves this list when the server has booked it.",
                  )
                : mainAction("done", "All is unloaded", () => app.go(`unloaded/${id}`)),
            h("ul", {class: "rows"}, ...partsOf(app.work, delivery).map(rowOf)),
        ];
    },
    focus: "input",
};

screens.arrival = {
    title: ({work}, id) => work.arrivals?.find((part) => part.id === Number(id))?.name || "Block",
    back: () => "deliveries",
    draw: (app, id) => {
        const part = app.work.arrivals?.find((one) => one.id === Number(id));
        if (!part) {
            return h("p", {class: "empty"}, "This block is not on your list any more.");
        }
        const take = () => app.tell("arrived", {parts: [part.id]});
        return [
            h("p", {class: "lead"}, `${part.component_code || part.component_name} for ${part.build_name}`),
            h("p", {}, partBadge(part)),
            isHere(part)
                ? mainAction("scan", "Next block", () => app.go(`delivery/${part.shipment_id}`))
                : mainAction("done", "It is here", take),
            h(
                "div",
                {class: "buttons"},
                arrivalHooks.map((hook) => hook(app, part)),
                !part.isDamaged && link("hold", "Damaged", `#/damaged/${part.id}`),
            ),
        ];
    },
};

/** What is being told of one block or code; it outlives a redraw. */
let draft = {};

function draftFor(key) {
    draft = draft.key === key ? draft : {key, note: "", photo: null};
    return draft;
}

function noteField(label, help) {
    const input = h("input", {
        type: "text",
        maxlength: 200,
        autocomplete: "off",
        value: draft.note,
        oninput: (ev) => (draft.note = ev.target.value),
    });
    return field(label, input, help);
}

function told(args) {
    return {...args, note: draft.note.trim(), ...(draft.photo ? {photo: draft.photo} : {})};
}

screens.damaged = {
    title: () => "Damaged",
    back: (id) => `arrival/${id}`,
    draw: (app, id) => {
        draftFor(`damaged ${id}`);
        const send = async () => {
            if (!draft.note.trim()) {
                app.complain("Say in a few words what is damaged.");
                return;
            }
            await app.tell("damaged", told({parts: [Number(id)]}));
            draft = {};
            app.go(`arrival/${id}`);
        };
        return [
            noteField("In a few words", "The block is booked as here and held until quality has decided."),
            photoField(draft, () => app.drawScreen()),
            mainAction("hold", "Report it", send),
        ];
    },
};

function siteChoice(app) {
    const {sites} = app.work;
    draft.site ||= sites[0]?.id;
    const choose = (id) => () => {
        draft.site = id;
        app.drawScreen();
    };
    return (
        sites.length > 1 &&
        h(
            "div",
            {class: "choices", role: "group", "aria-label": "At which site"},
            ...sites.map((site) =>
                h(
                    "button",
                    {
                        type: "button",
                        class: "toggle",
                        "aria-pressed": String(site.id === draft.site),
                        onclick: choose(site.id),
                    },
                    site.name,
                ),
            ),
        )
    );
}

screens.strange = {
    title: () => "Not on your list",
    back: () => "deliveries",
    draw: (app, coded) => {
        const code = decodeURIComponent(coded);
        draftFor(`strange ${coded}`);
        const send = async () => {
            await app.tell("strange", told({site: draft.site, code}));
            draft = {};
            app.go("deliveries");
        };
        return [
            h("p", {class: "lead code"}, code),
            h(
                "p",
                {},
                "It is for another site, of a delivery that this phone has not heard of, or no block of the network. Was it a wrong scan? Go back.",
            ),
            siteChoice(app),
            noteField("What is it?", "If you know: what stands on it, and who brought it."),
            photoField(draft, () => app.drawScreen()),
            mainAction("hold", "Tell the coordinator", send),
            h(
                "div",
                {class: "buttons"},
                button("back", "Scan again", () => app.go("deliveries")),
            ),
        ];
    },
};

screens.unloaded = {
    title: () => "All is unloaded",
    back: (id) => `delivery/${id}`,
    draw: (app, id) => {
        const delivery = deliveryOf(app.work, id);
        const parts = delivery ? partsOf(app.work, delivery) : [];
        const missing = parts.filter((part) => !isHere(part));
        const send = async () => {
            await app.tell("unloaded", {shipment: delivery.id, short: missing.map((part) => part.id)});
            app.go("deliveries");
        };
        return [
            h("p", {class: "lead"}, `${parts.length - missing.length} of ${parts.length} are here.`),
            missing.length > 0 && [
                h(
                    "p",
                    {class: "note warn"},
                    "Not scanned. They are told as short, and scanned as usual if they turn up.",
                ),
                h("ul", {class: "rows"}, ...missing.map(rowOf)),
            ],
            parts.length > 0 && mainAction("done", missing.length ? `Book, ${missing.length} short` : "Book", send),
        ];
    },
};
