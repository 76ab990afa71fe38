import {App} from "./app";
import {keepLabels} from "./screens/labels";
import {keepDrawings} from "./screens/steps";
import {arrived, receives} from "./screens/arrive";
import {scanned} from "./screens/scan";
import {Sync} from "./sync";
import "./screens/load";
import "./screens/bought";
import "./screens/made";
import "./screens/part";
import "./screens/who";

const HOUR_MS = 3_600_000;
const SCANNER_MS = 50;
const LEFT_MS = 15 * 60_000;

/** Whose login this browser last had, by the server's word (models/ir_http.py); logging out takes it away. */
function lastUser() {
    return Number(document.cookie.match(/(?:^|; )wcm_bench_user=(\d+)/)?.[1] || 0);
}

/** A keyboard scanner types faster than a person, wherever one is. */
function listenToScanner(app) {
    let code = "";
    let last = 0;
    document.addEventListener("keydown", (ev) => {
        if (ev.target.closest("input, textarea")) {
            return;
        }
        const now = Date.now();
        code = now - last > SCANNER_MS ? "" : code;
        last = now;
        if (ev.key === "Enter" && code.length > 3) {
            ev.preventDefault();
            (receives(app.work) ? arrived : scanned)(app, code);
            code = "";
        } else if (ev.key.length === 1) {
            code += ev.key;
        }
    });
}

/** Whoever put the tablet down is asked again. */
function forgetWhoLeft(app) {
    let last = Date.now();
    document.addEventListener("pointerdown", () => (last = Date.now()));
    document.addEventListener("keydown", () => (last = Date.now()));
    setInterval(() => {
        if (app.sync.person && Date.now() - last > LEFT_MS) {
            app.sync.person = null;
            app.arrive();
        }
    }, 10_000);
}

/** What is printed and looked at without network; while one round goes on, no other begins. */
function takeAlong(sync) {
    let round = null;
    const fetchAll = async () => {
        await keepDrawings(sync);
        await keepLabels(sync);
    };
    return () => {
        round ||= fetchAll()
            .catch(() => {})
            .finally(() => (round = null));
    };
}

async function keepApp(app) {
    if (!navigator.serviceWorker) {
        return;
    }
    const registration = await navigator.serviceWorker.register("/bench/sw.js", {scope: "/bench/"});
    const offer = () => {
        const {waiting} = registration;
        if (waiting && navigator.serviceWorker.controller) {
            app.offer(() => {
                navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload());
                waiting.postMessage("use this version");
            });
        }
    };
    offer();
    registration.addEventListener("updatefound", () => registration.installing.addEventListener("statechange", offer));
    setInterval(() => registration.update().catch(() => {}), HOUR_MS);
}

async function begin() {
    const sync = new Sync();
    navigator.storage?.persist?.();
    await sync.begin(lastUser());
    const app = new App(document.getElementById("bench"), sync);
    app.arrive();
    listenToScanner(app);
    forgetWhoLeft(app);
    await keepApp(app);
    // Last, as the server takes its time over labels.
    const keep = takeAlong(sync);
    sync.addEventListener("state", () => sync.state === "saved" && keep());
    keep();
}

begin().catch((error) => {
    document.getElementById("bench").textContent =
        `The bench cannot work in this browser: ${error.message}. It needs to keep data; private windows do not.`;
    throw error;
});
