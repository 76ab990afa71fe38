/** Milliseconds of rest before the list is asked for. */
const REST = 250;

/** What the list's page consists of: how many it says there are, and the spaces. */
const PARTS = ["seen", "spaces"];

function boxOf(map) {
    const bounds = map.getBounds();
    const south = Math.max(bounds.getSouth(), -90);
    const north = Math.min(bounds.getNorth(), 90);
    const [west, east] = [Math.max(bounds.getWest(), -180), Math.min(bounds.getEast(), 180)];
    return [south, west, north, east].map((degrees) => Number(degrees.toFixed(4))).join(",");
}

/** What an address answers; null where it does not. */
async function textOf(address) {
    try {
        const answer = await fetch(address);
        return answer.ok ? await answer.text() : null;
    } catch {
        return null;
    }
}

/**
 * Keeps the list of the public page to what is in sight on a map that somebody moved, and says so in the
 * page's address: a reload, a link and the way back show the same.
 */
export class ListFollower {
    /**
     * @param {L.Map} map
     * @param {Object} addresses `list` (the list alone), `page` (the whole page) and `box` that it was opened with
     */
    constructor(map, {list, page, box}) {
        Object.assign(this, {map, list, page, box});
        map.on("moveend", () => this.wait());
    }

    wait() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.follow(), REST);
    }

    /** An answer that a later move overtook is dropped; one that does not come leaves the list as it is. */
    async follow() {
        const box = boxOf(this.map);
        const {x, y} = this.map.getSize();
        if (box === this.box || !x || !y) {
            return;
        }
        this.box = box;
        const words = `box=${encodeURIComponent(box)}`;
        const html = await textOf(`${this.list}&${words}`);
        if (html && this.box === box) {
            this.show(html);
            history.replaceState(null, "", this.page + (this.page.endsWith("?") ? "" : "&") + words);
        }
    }

    show(html) {
        const answer = new DOMParser().parseFromString(html, "text/html");
        for (const id of PARTS) {
            document.getElementById(id).replaceChildren(...answer.getElementById(id).childNodes);
        }
    }
}
