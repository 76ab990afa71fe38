import {_t} from "@web/core/l10n/translation";
import {day, number, sum} from "./words";

/** As many as the style sheet has colours. */
const COLOURS = 10;

const riskWords = () => ({
    late: _t("▲ late"),
    fallen: _t("▲ order fell through"),
    tight: _t("△ no week to spare"),
});

/** A short name and a colour of each member; neither stands without the other. */
export function membersOf({members}) {
    return members.map(({id, name, code}, index) => ({
        id,
        name,
        short: code || name.slice(0, 3).toUpperCase(),
        colour: index % COLOURS,
    }));
}

/** Demand of one home, or of all, by weeks: who makes how many, and when they are required. */
export function timelineTable(picture, choice) {
    const {weeks, demands} = picture;
    const members = new Map(membersOf(picture).map((member) => [member.id, member]));
    const homes = Map.groupBy(
        demands.filter((demand) => !choice || demand.home_id === choice),
        (demand) => demand.home_id,
    );
    const rows = [...homes].flatMap(([id, own]) => [
        {key: `home:${id}`, isGroup: true, label: own[0].home},
        ...own.map((demand) => rowOf(demand, members, weeks)),
    ]);
    return {
        caption: _t("What is made in which week, by home and component"),
        corner: _t("Home and component"),
        columns: weeks.map((week) => ({key: week, label: day(week)})),
        rows,
    };
}

function rowOf(demand, members, weeks) {
    const byWeek = Map.groupBy(demand.cells, ([week]) => week);
    const cells = [...byWeek].map(([week, found]) => [week, cellOf(demand, week, found, members)]);
    const due = weeks.findLast((week) => week <= demand.due);
    const made = Object.fromEntries(cells);
    return {
        key: demand.id,
        label: demand.code || demand.name,
        note: _t("due %s", day(demand.due)),
        risk: riskWords()[demand.risk],
        isBad: ["late", "fallen"].includes(demand.risk),
        missing: demand.unplaced && _t("▲ %s not placed", number(demand.unplaced)),
        cells: {...made, [due]: {...made[due], due: _t("Required on site on %s", day(demand.due, "d LLLL yyyy"))}},
    };
}

function cellOf(demand, week, found, members) {
    const chips = found.map(([, id, quantity]) => ({...members.get(id), quantity: number(quantity)}));
    return {
        chips,
        label: _t("%(component)s, week of %(week)s: %(quantity)s blocks (%(members)s)", {
            component: demand.name,
            week: day(week, "d LLLL yyyy"),
            quantity: number(sum(found.map(([, , quantity]) => quantity))),
            members: chips.map(({name, quantity}) => `${name} ${quantity}`).join(", "),
        }),
        domain: [
            ["build_line_id", "=", demand.id],
            ["week_start", "=", week],
        ],
    };
}
