import {_t} from "@web/core/l10n/translation";
import {periodsOf} from "./periods";
import {day, levelOf, number, sum} from "./words";

/** As many as the style sheet has colours. */
const COLOURS = 10;
/** Components of all homes; where there are more, each home is one row. */
const MOST_DEMANDS = 80;
/** The first of these that any component of a home has is the home's. */
const RISKS = ["late", "fallen", "tight"];

const riskWords = () => ({
    late: _t("▲ late"),
    fallen: _t("▲ order fell through"),
    tight: _t("△ no week to spare"),
});

/** A short name and a colour of each member; neither stands without the other. */
function membersOf({members}) {
    return members.map(({id, name, code}, index) => ({
        id,
        name,
        short: code || name.slice(0, 3).toUpperCase(),
        colour: index % COLOURS,
    }));
}

/** Demand of one home, or of all, by weeks or months: who makes how many, and when they are required. */
export function timelineTable(picture, choice) {
    const weeks = new Set(picture.weeks);
    const periods = periodsOf(picture.weeks);
    const demands = picture.demands
        .filter((demand) => !choice || demand.home_id === choice)
        .map((demand) => ({...demand, cells: demand.cells.filter(([week]) => weeks.has(week))}));
    const homes = [...Map.groupBy(demands, (demand) => demand.home_id).values()];
    const members = membersOf(picture);
    const shown = {periods, weeks: picture.weeks, members: new Map(members.map((member) => [member.id, member]))};
    const byHome = demands.length > MOST_DEMANDS && !choice;
    const rows = byHome ? homeRows(homes, shown) : homes.flatMap((own) => rowsOf(own, shown));
    const working = new Set(demands.flatMap(({cells}) => cells.map(([, id]) => id)));
    return {
        caption: _t("What is made when, by home and component"),
        corner: byHome ? _t("Home") : _t("Home and component"),
        columns: periods.columns,
        rows,
        members: byHome ? [] : members.filter(({id}) => working.has(id)),
    };
}

/** A home's name, then its components. */
function rowsOf(own, shown) {
    const head = {key: `home:${own[0].home_id}`, isGroup: true, label: own[0].home};
    return [head, ...own.map((demand) => rowOf(demand, shown))];
}

/** A row for each home, the first that is due first: the more blocks of all its components, the darker. */
function homeRows(homes, shown) {
    const rows = homes.map((own) => homeRow(own, shown)).sort((a, b) => a.due.localeCompare(b.due));
    const largest = Math.max(...rows.flatMap(({cells}) => Object.values(cells).map(({quantity}) => quantity || 0)));
    for (const {cells} of rows) {
        for (const cell of Object.values(cells)) {
            cell.level = levelOf(cell.quantity, largest);
        }
    }
    return rows;
}

function homeRow(own, shown) {
    const {home, home_id: id} = own[0];
    const days = own.map((demand) => demand.due).sort();
    const due = days.at(-1);
    const unplaced = sum(own.map((demand) => demand.unplaced));
    const all = own.flatMap(({cells}) => cells);
    const made = madeOf(all, shown, (period, found) => homeCell(own[0], period, found, shown));
    return {
        key: `home:${id}`,
        due,
        label: home,
        note: dueWords(days[0], due),
        ...riskOf(RISKS.find((risk) => own.some((demand) => demand.risk === risk))),
        missing: unplaced && _t("▲ %s not placed", number(unplaced)),
        cells: withDue(made, due, shown),
    };
}

function dueWords(first, last) {
    const [from, to] = [first, last].map((date) => day(date, "d LLL yyyy"));
    return from === to ? _t("due %s", to) : _t("due %(from)s to %(to)s", {from, to});
}

function homeCell({home, home_id: id}, period, found, {periods}) {
    const quantity = sum(found.map(([, , blocks]) => blocks));
    return {
        quantity,
        text: number(quantity),
        label: _t("%(home)s, %(period)s: %(quantity)s blocks", {
            home,
            period: periods.words(period),
            quantity: number(quantity),
        }),
        domain: [["build_id", "=", id], ...periods.domain(period)],
    };
}

function rowOf(demand, shown) {
    const made = madeOf(demand.cells, shown, (period, found) => cellOf(demand, period, found, shown));
    return {
        key: demand.id,
        label: demand.code || demand.name,
        note: _t("due %s", day(demand.due)),
        ...riskOf(demand.risk),
        missing: demand.unplaced && _t("▲ %s not placed", number(demand.unplaced)),
        cells: withDue(made, demand.due, shown),
    };
}

function riskOf(risk) {
    return {risk: riskWords()[risk], isBad: ["late", "fallen"].includes(risk)};
}

/** One cell for each week or month in which something is made. */
function madeOf(cells, {periods}, toCell) {
    const byPeriod = Map.groupBy(cells, ([week]) => periods.keyOf(week));
    return Object.fromEntries([...byPeriod].map(([period, found]) => [period, toCell(period, found)]));
}

/** The day on which it is required, where that is among the weeks shown. */
function withDue(cells, due, {weeks, periods}) {
    const last = weeks.findLast((week) => week <= due);
    if (!last || day(due, "kkkk-'W'WW") !== day(last, "kkkk-'W'WW")) {
        return cells;
    }
    const key = periods.keyOf(last);
    return {...cells, [key]: {...cells[key], due: _t("Required on site on %s", day(due, "d LLLL yyyy"))}};
}

function cellOf(demand, period, found, {members, periods}) {
    const byMember = [...Map.groupBy(found, ([, id]) => id)];
    const chips = byMember.map(([id, own]) => ({
        ...members.get(id),
        quantity: number(sum(own.map(([, , blocks]) => blocks))),
    }));
    return {
        chips,
        label: _t("%(component)s, %(period)s: %(quantity)s blocks (%(members)s)", {
            component: demand.name,
            period: periods.words(period),
            quantity: number(sum(found.map(([, , quantity]) => quantity))),
            members: chips.map(({name, quantity}) => `${name} ${quantity}`).join(", "),
        }),
        domain: [["build_line_id", "=", demand.id], ...periods.domain(period)],
    };
}
