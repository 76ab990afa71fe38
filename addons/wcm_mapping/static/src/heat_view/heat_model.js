import {KeepLast} from "@web/core/utils/concurrency";
import {Model} from "@web/model/model";

/** More cells than this nobody reads; a filter makes them fewer. */
export const MOST_CELLS = 2000;

/**
 * How free, in words that are also class names: "none" offered, "over" booked, "full",
 * "quarter", "half", "most", "all" free (at least three quarters).
 */
export function levelOf(total, free) {
    if (free < 0) {
        return "over";
    }
    if (total <= 0) {
        return "none";
    }
    const share = free / total;
    return ["full", "quarter", "half", "most", "all"][share <= 0 ? 0 : Math.min(4, 1 + Math.floor(share * 4))];
}

export class HeatModel extends Model {
    setup({archInfo, fields, resModel}) {
        Object.assign(this, {archInfo, fields, resModel});
        this.keepLast = new KeepLast();
        this.data = {rows: [], weeks: [], isCut: false};
    }

    /** Reads the hours of a search. A week is the day it starts on: by "week" the reader's language would move it. */
    async load({domain, context, groupBy}) {
        this.rowField = this.rowFieldOf(groupBy);
        const {week, total, free} = this.archInfo;
        const groups = await this.keepLast.add(
            this.orm.formattedReadGroup(
                this.resModel,
                domain,
                [this.rowField, `${week}:day`],
                [`${total}:sum`, `${free}:sum`],
                {context, limit: MOST_CELLS + 1},
            ),
        );
        this.data = this.tableOf(groups);
        this.notify();
    }

    rowFieldOf(groupBy = []) {
        return groupBy.find((name) => this.fields[name]?.type === "many2one") || this.archInfo.row;
    }

    hasData() {
        return this.data.rows.length > 0;
    }

    /** Where cells are left out, the last row may lack some: it is left out whole. */
    tableOf(groups) {
        const rows = new Map();
        const weeks = new Map();
        for (const group of groups) {
            const [id, name] = group[this.rowField] || [0, ""];
            const [monday] = group[`${this.archInfo.week}:day`];
            weeks.set(monday, monday);
            rows.set(id, rows.get(id) || {id, name, cells: new Map()});
            rows.get(id).cells.set(monday, this.cellOf(group));
        }
        const isCut = groups.length > MOST_CELLS;
        const shown = [...rows.values()];
        return {rows: isCut ? shown.slice(0, -1) : shown, weeks: [...weeks.keys()].sort(), isCut};
    }

    cellOf(group) {
        const total = group[`${this.archInfo.total}:sum`] || 0;
        const free = group[`${this.archInfo.free}:sum`] || 0;
        const share = total > 0 ? Math.round((100 * free) / total) : null;
        return {total, free, share, level: levelOf(total, free), domain: group.__domain};
    }
}
