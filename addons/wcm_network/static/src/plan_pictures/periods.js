import {_t} from "@web/core/l10n/translation";
import {day} from "./words";

/** More weeks than these nobody reads side by side: months are shown, and a quarter by weeks when it is chosen. */
export const MOST_WEEKS = 26;

/**
 * Weeks as they are, or months: a month has the weeks that begin in it.
 *
 * @param {String[]} weeks Mondays, in order
 */
export function periodsOf(weeks) {
    return weeks.length > MOST_WEEKS ? new Months(weeks) : new Weeks(weeks);
}

/** The quarters of many weeks, to be looked at week by week: [{id, name, weeks}] */
export function quartersOf(weeks) {
    if (weeks.length <= MOST_WEEKS) {
        return [];
    }
    const found = Map.groupBy(weeks, (week) => day(week, "yyyy'-Q'q"));
    return [...found].map(([id, own]) => ({
        id,
        name: _t("%(from)s to %(to)s, by week", {from: day(own[0], "LLL"), to: day(own.at(-1), "LLL yyyy")}),
        weeks: own,
    }));
}

class Weeks {
    constructor(weeks) {
        this.columns = weeks.map((week) => ({key: week, label: day(week)}));
    }

    keyOf(week) {
        return week;
    }

    words(week) {
        return _t("week of %s", day(week, "d LLLL yyyy"));
    }

    domain(week) {
        return [["week_start", "=", week]];
    }
}

class Months {
    constructor(weeks) {
        this.weeks = Map.groupBy(weeks, this.keyOf);
        this.columns = [...this.weeks].map(([key, own]) => ({key, label: day(own[0], "LLL\u00a0yy")}));
    }

    keyOf(week) {
        return week.slice(0, 7);
    }

    words(month) {
        return day(`${month}-01`, "LLLL yyyy");
    }

    domain(month) {
        const own = this.weeks.get(month);
        return [
            ["week_start", ">=", own[0]],
            ["week_start", "<=", own.at(-1)],
        ];
    }
}
