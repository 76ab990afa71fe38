import {_t} from "@web/core/l10n/translation";
import {periodsOf} from "./periods";
import {day, levelOf, money, number, percent, sum} from "./words";

const MOST_NAMED = 5;
const FULL = 0.995;

/** Members of one process, or of all, by weeks or months: the more of the free hours the plan takes, the darker. */
export function loadTable(picture, choice) {
    const periods = periodsOf(picture.weeks);
    const weeks = new Set(picture.weeks);
    const shown = {...picture, periods, cells: picture.cells.filter(([, , week]) => weeks.has(week))};
    const processes = picture.processes.filter(({id}) => !choice || id === choice);
    return {
        caption: _t("Share of the free hours that this plan takes, by member, process and time"),
        corner: _t("Member and process"),
        columns: [...periods.columns, {key: "total", label: _t("All shown")}],
        rows: processes.flatMap((process) => rowsOf(process, shown)),
    };
}

/** The process as a whole, then its members. */
function rowsOf(process, picture) {
    const cells = picture.cells.filter((cell) => cell[1] === process.id);
    const byMember = Map.groupBy(cells, ([member]) => member);
    const members = picture.members.filter(({id}) => byMember.has(id));
    const totals = byPeriod(cells, picture).map(([period, own]) => [period, totalOf(own)]);
    const whole = {
        key: process.id,
        label: process.name,
        note: picture.hidden ? _t("members of your regions") : _t("all members"),
        isTotal: true,
        cells: {...Object.fromEntries(totals), total: totalOf(cells)},
    };
    return [whole, ...members.map((member) => rowOf(member, process, byMember.get(member.id), picture))];
}

function byPeriod(cells, {periods}) {
    return [...Map.groupBy(cells, ([, , week]) => periods.keyOf(week))];
}

function rowOf(member, process, cells, picture) {
    const found = byPeriod(cells, picture).map(([period, own]) => {
        const [hours, capacity] = [3, 4].map((index) => sum(own.map((cell) => cell[index])));
        const saves = Math.max(...own.map((cell) => cell[5]));
        return [period, cellOf({member, process, period, hours, capacity, saves}, picture)];
    });
    return {
        key: `${member.id}:${process.id}`,
        label: member.name,
        note: process.name,
        cells: {...Object.fromEntries(found), total: totalOf(cells)},
    };
}

function totalOf(cells) {
    const [hours, capacity] = [3, 4].map((index) => sum(cells.map((cell) => cell[index])));
    return {...figures(hours, capacity), isTotal: true};
}

function figures(hours, capacity) {
    return {
        text: capacity ? percent(hours / capacity) : "–",
        note: _t("%s h left", number(Math.max(0, capacity - hours), 1)),
    };
}

function cellOf({member, process, period, hours, capacity, saves}, {currency_id: currencyId, periods}) {
    const share = capacity ? hours / capacity : 0;
    const words = {
        member: member.name,
        process: process.name,
        period: periods.words(period),
        hours: number(hours, 1),
        capacity: number(capacity, 1),
    };
    const label = _t("%(member)s, %(process)s, %(period)s: %(hours)s of %(capacity)s free hours taken.", words);
    const saved = saves && _t("One more hour here would save about %s.", money(saves, currencyId));
    return {
        ...figures(hours, capacity),
        ...(saves ? {note: _t("▲ %s", money(saves, currencyId)), isScarce: true} : {}),
        level: share > FULL ? 5 : Math.min(4, levelOf(share, 1.25)),
        label: [label, saved].filter(Boolean).join(" "),
        domain: hours > 0 && [
            ["membership_id", "=", member.id],
            ...periods.domain(period),
            ["product_id", "in", process.products],
        ],
    };
}

export const loadKey = () => [
    [0, _t("nothing taken")],
    [1, _t("up to 25 %")],
    [2, _t("up to 50 %")],
    [3, _t("up to 75 %")],
    [4, _t("nearly all")],
    [5, _t("all taken")],
];

/** The hours that are worth most, in words. */
export function dearest(picture) {
    const names = Object.fromEntries(picture.members.map(({id, name}) => [id, name]));
    const processes = Object.fromEntries(picture.processes.map(({id, name}) => [id, name]));
    return picture.cells
        .filter(([, , , , , saves]) => saves)
        .sort((a, b) => b[5] - a[5])
        .slice(0, MOST_NAMED)
        .map(([member, process, week, , , saves]) =>
            _t("%(process)s at %(member)s, week of %(week)s: about %(money)s", {
                member: names[member],
                process: processes[process],
                week: day(week),
                money: money(saves, picture.currency_id),
            }),
        );
}
