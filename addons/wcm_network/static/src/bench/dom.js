const SVG = "http://www.w3.org/2000/svg";

/** Strokes of 24 × 24 pictures. */
const PICTURES = {
    jobs: "M4 5h16M4 12h16M4 19h10",
    scan: "M3 8V4h4M17 4h4v4M21 16v4h-4M7 20H3v-4M7 8v8M11 8v8M14 8v8M17 8v8",
    load: "M2 6h12v10H2zM14 9h4l4 4v3h-8zM6 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM18 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    who: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6",
    start: "M7 4l13 8-13 8z",
    pause: "M7 4v16M17 4v16",
    done: "M4 12l6 6L20 6",
    wrong: "M5 5l14 14M19 5L5 19",
    spoil: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
    steps: "M4 18h4v-4h4v-4h4V6h4",
    label: "M3 12V4h8l10 10-8 8zM7 8h.01",
    pack: "M3 7l9-4 9 4v10l-9 4-9-4zM3 7l9 4 9-4M12 11v10",
    check: "M9 4h6v3H9zM7 5H5v16h14V5h-2M8 14l3 3 5-6",
    photo: "M3 7h4l2-3h6l2 3h4v13H3zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
    back: "M14 5l-7 7 7 7",
    next: "M10 5l7 7-7 7",
    saved: "M5 12l5 5 9-10",
    sending: "M12 19V5M5 12l7-7 7 7",
    offline:
        "M3 3l18 18M5 10c2-1.600 4-2.600 7-2.600M8.500 14c1-.800 2-1.200 3.500-1.200M12 18h.01M15 8c1.600.500 3 1.200 4 2",
    login: "M10 4h9v16h-9M3 12h11M10 8l4 4-4 4",
    news: "M20 12a8 8 0 1 1-2.500-5.800M20 3v5h-5",
    drawing: "M4 3h11l5 5v13H4zM15 3v5h5M8 13h8M8 17h5",
    hold: "M12 3l10 18H2zM12 10v5M12 18h.01",
    backspace: "M9 5h12v14H9l-6-7zM12 9l6 6M18 9l-6 6",
};

/** An element; properties that begin with "on" are listeners, children that are empty are left out. */
export function h(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
        set(element, name, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child || child === 0));
    return element;
}

function set(element, name, value) {
    if (name.startsWith("on")) {
        element.addEventListener(name.slice(2), value);
    } else if (name === "value") {
        element.value = value;
    } else if (value !== false && value !== null && value !== undefined) {
        element.setAttribute(name, value === true ? "" : value);
    }
}

/** A picture beside a word; nobody has to see it. */
export function icon(name) {
    const picture = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("aria-hidden", "true");
    picture.classList.add("icon");
    path.setAttribute("d", PICTURES[name]);
    picture.append(path);
    return picture;
}

export function button(picture, word, onclick, properties = {}) {
    return h("button", {type: "button", class: "button", ...properties, onclick}, icon(picture), h("span", {}, word));
}

/** The one thing that a screen is for. */
export function mainAction(picture, word, onclick, properties = {}) {
    return h("div", {class: "main-action"}, button(picture, word, onclick, {...properties, class: "button main"}));
}

export function link(picture, word, href, properties = {}) {
    return h("a", {class: "button", href, ...properties}, icon(picture), h("span", {}, word));
}

/** Picture and word of where something stands. */
export function badge(picture, word, tone = "calm") {
    return h("span", {class: `badge ${tone}`}, icon(picture), word);
}

export function field(label, input, help) {
    return h("label", {class: "field"}, h("span", {}, label), input, help && h("small", {}, help));
}

export function toggle(word, isOn, onclick, properties = {}) {
    return h("button", {type: "button", class: "toggle", "aria-pressed": String(isOn), ...properties, onclick}, word);
}
