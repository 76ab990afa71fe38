import {badge, button, h, icon, link} from "./dom";
import {receives} from "./screens/arrive";
import {screens} from "./screens/screens";
import {syncState} from "./screens/outbox";

const PLACES = [
    ["jobs", "Jobs", "jobs"],
    ["scan", "Scan", "scan"],
    ["load", "Load", "load"],
];
const AT_A_SITE = [["load", "Receive", "deliveries"]];

/** The frame: where am I, how do things stand with the server, and one screen. */
export class App {
    constructor(root, sync) {
        this.sync = sync;
        this.place = h("main", {id: "screen", tabindex: "-1"});
        this.header = h("header", {class: "top"});
        this.alert = h("div", {role: "alert", class: "alert"});
        this.news = h("div", {role: "status", class: "news"});
        this.tabs = h("nav", {class: "tabs", "aria-label": "Bench"});
        root.replaceChildren(this.header, this.news, this.alert, this.place, this.tabs);
        window.addEventListener("hashchange", () => this.arrive());
        sync.addEventListener("change", () => this.draw());
        sync.addEventListener("state", () => (this.name === "outbox" ? this.draw() : this.drawHeader()));
    }

    get work() {
        return this.sync.work;
    }

    get path() {
        const [name, ...rest] = window.location.hash.replace(/^#\/?/, "").split("/");
        if (this.asksWho && !["who", "outbox"].includes(name)) {
            return ["who"];
        }
        return screens[name] ? [name, ...rest] : [this.places[0][2]];
    }

    /** A member's bench, or a site that deliveries come to. */
    get places() {
        return receives(this.work) ? AT_A_SITE : PLACES;
    }

    /** Where people have PINs, nothing is done by nobody. */
    get asksWho() {
        return this.work.people.length > 0 && !this.sync.person;
    }

    get name() {
        return this.path[0];
    }

    go(path) {
        window.location.hash = `#/${path}`;
    }

    /** :raise: when the browser could not keep it; then nothing was done, and the screen stays. */
    async tell(name, args) {
        this.complain("");
        try {
            await this.sync.tell(name, args);
        } catch (error) {
            this.complain(`This could not be kept on this tablet, so it is not recorded: ${error.message}`);
            throw error;
        }
    }

    complain(words) {
        this.alert.replaceChildren(words ? h("p", {class: "note bad"}, icon("hold"), words) : "");
    }

    /** At a new screen one begins at its top, and a screen reader with its title. */
    arrive() {
        this.complain("");
        this.draw();
        this.place.scrollTop = 0;
        (this.place.querySelector(screens[this.name].focus || "none") || this.header.querySelector("h1")).focus();
    }

    /** Whoever is typing while the work changes is not interrupted; the screen follows when they have finished. */
    draw() {
        this.drawHeader();
        this.drawTabs();
        const typing = document.activeElement?.closest?.("#screen input");
        if (!typing?.value || this.drawn !== this.path.join()) {
            this.drawScreen();
        }
    }

    get fields() {
        return [...this.place.querySelectorAll("input, textarea, select")];
    }

    /** Who has just put the cursor into a field finds it there again. */
    drawScreen() {
        const [name, ...rest] = this.path;
        const hadFocus = this.place.contains(document.activeElement);
        const field = this.drawn === this.path.join() ? this.fields.indexOf(document.activeElement) : -1;
        const content = [screens[name].draw(this, ...rest)].flat(Infinity).filter(Boolean);
        this.drawn = this.path.join();
        this.place.replaceChildren(...content);
        if (hadFocus) {
            (this.fields[field] || this.place.querySelector(screens[name].focus || "none") || this.place).focus();
        }
    }

    drawHeader() {
        const [name, ...rest] = this.path;
        const {title, back} = screens[name];
        const [picture, word, tone] = syncState(this.sync);
        const hadFocus = document.activeElement?.tagName === "H1";
        this.header.replaceChildren(
            back?.(...rest)
                ? h("a", {class: "top-button", href: `#/${back(...rest)}`, "aria-label": "Back"}, icon("back"))
                : "",
            h("h1", {tabindex: "-1"}, title(this, ...rest)),
            h("a", {class: "top-button", href: "#/outbox", "data-sync": this.sync.state}, badge(picture, word, tone)),
        );
        document.title = `${title(this, ...rest)} · Bench`;
        if (hadFocus) {
            this.header.querySelector("h1").focus();
        }
    }

    drawTabs() {
        const who = this.work.people.length ? [["who", this.sync.person?.name || "Who?", "who"]] : [];
        this.tabs.replaceChildren(
            ...[...this.places, ...who].map(([picture, word, name]) =>
                link(picture, word, `#/${name}`, {"aria-current": name === this.name ? "page" : null}),
            ),
        );
    }

    /** A new version is there; it is used when the person says so, never in the middle of something. */
    offer(use) {
        this.news.replaceChildren(button("news", "New version: reload", use));
    }
}
