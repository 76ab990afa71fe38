import {actions, workNow} from "./actions";
import {Store} from "./store";

const AT_ONCE = 10;
const LARGEST = 3_000_000;
const PATIENCE_MS = 30_000;
const FIRST_WORD_MS = 4000;
const REFRESH_MS = 60_000;
const EMPTY = {orders: [], parts: [], shipments: [], members: [], people: [], checks: {}};

/** The server refuses in words; anything else that goes wrong means that it cannot be reached now. */
export class Refused extends Error {}
export class LoggedOut extends Error {}

export async function ask(address, params, patience = PATIENCE_MS) {
    const response = await fetch(address, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", method: "call", params, id: 1}),
        signal: AbortSignal.timeout(patience),
    });
    if (response.status === 413) {
        throw new Refused("The server takes nothing as large as this photo. Tell your coordinator.");
    }
    const {result, error} = await response.json();
    if (error) {
        throw error.code === 100 ? new LoggedOut(error.message) : new Refused(error.data?.message || error.message);
    }
    return result;
}

/** Also where there is no secure connection. */
function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The outbox: everything that is done goes through it, with network or without. */
export class Sync extends EventTarget {
    constructor() {
        super();
        this.done = [];
        this.snapshot = EMPTY;
        this.state = "offline";
        this.person = null;
        this.turn = Promise.resolve();
    }

    /** Before anything is shown: whose browser is this now? Without network, whoever logged in last. */
    async begin(user) {
        await this.become(user);
        await Promise.race([this.send(), new Promise((resolve) => setTimeout(resolve, FIRST_WORD_MS))]);
        setInterval(() => (document.hidden && !this.waiting.length) || this.send(), REFRESH_MS);
        window.addEventListener("online", () => this.send());
        document.addEventListener("visibilitychange", () => document.hidden || this.send());
    }

    async become(user) {
        this.user = user;
        this.othersWaiting = await Store.forgetOthers(user);
        this.store = user && (await Store.of(user));
        this.snapshot = (user && (await this.store.read("kept", "snapshot"))) || EMPTY;
        this.person = null;
        await this.look();
    }

    async look() {
        this.done = this.store ? await this.store.outbox() : [];
        this.work = workNow(this.snapshot, this.done);
        this.dispatchEvent(new Event("change"));
    }

    say(state, message = "") {
        Object.assign(this, {state, message});
        this.dispatchEvent(new Event("state"));
    }

    get waiting() {
        return this.done.filter((action) => action.state === "waiting");
    }

    get refused() {
        return this.done.filter((action) => action.state === "refused");
    }

    /** Recorded in the browser before this returns; the server hears of it when it can. */
    async tell(name, args) {
        const {id, token} = this.person || {};
        const person = id ? {person: token, personId: id, personName: this.person.name} : {};
        const words = actions[name].words(args, this.work);
        await this.store.put({key: newKey(), name, args, words, at: Date.now(), state: "waiting", ...person});
        await this.look();
        this.send();
    }

    async dismiss(action) {
        await this.store.drop("outbox", [action.seq]);
        await this.look();
    }

    async tryAgain(action) {
        await this.tell(action.name, action.args);
        await this.dismiss(action);
    }

    /** One tab at a time; where the browser cannot tell tabs apart, the server can tell actions apart. */
    send() {
        const locks = navigator.locks || {request: (_name, work) => (this.turn = this.turn.then(work, work))};
        this.next ||= locks.request("wcm-bench", () => {
            this.next = null;
            return this.sendAll();
        });
        return this.next;
    }

    async sendAll() {
        this.say("sending");
        try {
            while (!(await this.sendSome()));
        } catch (error) {
            this.explain(error);
            return;
        }
        this.say("saved");
    }

    explain(error) {
        if (error instanceof LoggedOut) {
            this.say("login");
        } else if (error instanceof Refused) {
            this.say("refused", error.message);
        } else {
            this.say("offline");
        }
    }

    /** The oldest actions; true when nothing waits any more and the work is as the server says. */
    async sendSome() {
        await this.look();
        const some = this.user ? this.oldest() : [];
        const isLast = some.length === this.waiting.length;
        const told = await Promise.all(some.map((action) => this.told(action)));
        const answer = await ask("/bench/sync", {
            user: this.user,
            actions: told,
            known: this.snapshot.hash,
            snapshot: isLast,
        });
        if (answer.user !== this.user) {
            await this.become(answer.user);
            return false;
        }
        await this.settle(some, answer);
        return isLast && !this.waiting.length;
    }

    oldest() {
        let size = 0;
        return this.waiting.slice(0, AT_ONCE).filter((action, index) => {
            size += sizeOf(action.args);
            return index === 0 || size < LARGEST;
        });
    }

    async told({key, name, args, at, person}) {
        return {key, name, person, age: (Date.now() - at) / 1000, args: await withoutBlobs(args)};
    }

    async settle(some, {answers, snapshot}) {
        const byKey = Object.fromEntries(answers.map((answer) => [answer.key, answer]));
        await this.store.put(
            ...some.map((action) => ({
                ...action,
                person: undefined, // what says who did it is kept no longer than it is needed
                state: byKey[action.key].state,
                message: byKey[action.key].message,
            })),
        );
        if (snapshot) {
            this.snapshot = snapshot.orders ? snapshot : this.snapshot;
            const settled = (await this.store.outbox()).filter((action) => action.state === "done");
            await this.store.settle(this.snapshot, settled);
        }
        await this.look();
    }
}

/** Photos wait as files and travel as text. */
async function withoutBlobs(value) {
    if (value instanceof Blob) {
        return (await asDataUrl(value)).split(",")[1];
    }
    if (Array.isArray(value)) {
        return Promise.all(value.map(withoutBlobs));
    }
    if (value && typeof value === "object") {
        const entries = Object.entries(value).map(async ([name, each]) => [name, await withoutBlobs(each)]);
        return Object.fromEntries(await Promise.all(entries));
    }
    return value;
}

function sizeOf(value) {
    if (value instanceof Blob) {
        return value.size * 1.4;
    }
    return value && typeof value === "object" ? Object.values(value).reduce((sum, each) => sum + sizeOf(each), 0) : 50;
}

function asDataUrl(blob) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(blob);
    });
}
