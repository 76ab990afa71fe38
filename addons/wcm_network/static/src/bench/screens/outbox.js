import {badge, button, h, link, mainAction} from "../dom";
import {screens} from "./screens";

const TIME = new Intl.DateTimeFormat("en-GB", {weekday: "short", hour: "2-digit", minute: "2-digit"});
const LOGIN = "/web/login?redirect=/bench/";

/** Picture, word and tone of how the browser and the server stand, always in sight. */
export function syncState(sync) {
    const waiting = sync.waiting.length;
    if (sync.refused.length) {
        return ["hold", `${sync.refused.length} to read`, "bad"];
    }
    return {
        saved: () => ["saved", "All sent", "good"],
        sending: () => ["sending", waiting ? `Sending ${waiting}` : "Looking", "calm"],
        offline: () => ["offline", waiting ? `${waiting} waiting` : "No network", "warn"],
        login: () => ["login", waiting ? `Log in: ${waiting} waiting` : "Log in", "bad"],
        refused: () => ["hold", waiting ? `${waiting} waiting` : "Look here", "bad"],
    }[sync.state]();
}

const EXPLAINED = {
    saved: "Everything that you did here is with the network.",
    sending: "It is being sent.",
    offline:
        "There is no network, or the server does not answer. Go on working: what you do is kept on this tablet and sent when it can be.",
    login: "You are logged out. What you did is kept on this tablet and sent when you have logged in again.",
};

function explained(sync) {
    return sync.refused.length
        ? "Something that you did could not be carried out. Read why."
        : sync.message || EXPLAINED[sync.state];
}

function told(action) {
    const when = TIME.format(new Date(action.at));
    return [
        h("strong", {}, action.words),
        h("span", {class: "quiet"}, action.personName ? `${when}, ${action.personName}` : when),
    ];
}

function refusal(app, action) {
    return h(
        "li",
        {class: "refusal"},
        badge("hold", "Not done", "bad"),
        ...told(action),
        h("p", {class: "note bad"}, action.message),
        h(
            "div",
            {class: "buttons"},
            button("done", "I have read it", () => app.sync.dismiss(action)),
            button("news", "Try again", () => app.sync.tryAgain(action)),
        ),
    );
}

async function leave(app) {
    await app.sync.store.forget();
    window.location.href = "/web/session/logout?redirect=/web/login";
}

screens.outbox = {
    title: () => "Sent and waiting",
    draw: (app) => {
        const {sync} = app;
        const {waiting, refused} = sync;
        return [
            h("p", {class: "lead"}, badge(...syncState(sync))),
            h("p", {}, explained(sync)),
            sync.othersWaiting > 0 &&
                h(
                    "p",
                    {class: "note warn"},
                    `${sync.othersWaiting} more are kept here for another login. They are sent when it is back.`,
                ),
            refused.length > 0 && [
                h("h2", {}, "The network said no"),
                h("ul", {class: "cards"}, ...refused.map((action) => refusal(app, action))),
            ],
            waiting.length > 0 && [
                h("h2", {}, "Waiting"),
                h("ul", {class: "rows"}, ...waiting.map((action) => h("li", {class: "row"}, ...told(action)))),
            ],
            sync.state === "login"
                ? h("div", {class: "main-action"}, link("login", "Log in", LOGIN, {class: "button main"}))
                : mainAction("sending", "Send now", () => sync.send()),
            sync.user &&
                h(
                    "div",
                    {class: "buttons"},
                    waiting.length
                        ? h("p", {class: "quiet"}, "Log out when nothing waits any more.")
                        : button("login", "Log out", () => leave(app)),
                ),
        ];
    },
};
