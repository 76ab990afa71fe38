import {Component, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {useService} from "@web/core/utils/hooks";
import {moveFocus} from "@wcm_mapping/heat_view/cell_keys";
import {layOut} from "./chart_layout";

/** The two pictures of a control chart, what breaks a rule, and the figures below. */
export class ControlChart extends Component {
    static template = "wcm_qc.ControlChart";
    static props = {chart: Object, onOpen: Function};

    setup() {
        this.ui = useService("ui");
        this.root = useRef("root");
        useEffect(
            () => this.showNewest(),
            () => [this.props.chart],
        );
    }

    get pictures() {
        const {points, location, spread, signals, size} = this.props.chart;
        const width = this.ui.isSmall ? 340 : 1150;
        const broken = (isSpread) =>
            new Set(signals.filter(({rule}) => (rule === 5) === isSpread).flatMap((signal) => signal.points));
        return [
            {
                name: size === 1 ? _t("Readings") : _t("Averages of groups"),
                ...layOut(
                    points.map(({value}) => value),
                    location,
                    broken(false),
                    width,
                    240,
                ),
            },
            {
                name: size === 1 ? _t("Moving range") : _t("Range of groups"),
                ...layOut(
                    points.map((point) => point.spread),
                    spread,
                    broken(true),
                    width,
                    130,
                ),
            },
        ];
    }

    /** Which rules each point breaks, in words. */
    get broken() {
        const words = new Map();
        for (const signal of this.props.chart.signals) {
            for (const point of signal.points) {
                words.set(point, [...(words.get(point) || []), signal.words]);
            }
        }
        return words;
    }

    get digits() {
        const {low, high} = this.props.chart;
        return Math.max(2, Math.min(6, 3 - Math.floor(Math.log10(high - (low ?? 0) || 1))));
    }

    number(value, more = 0) {
        return value.toLocaleString(undefined, {maximumFractionDigits: this.digits + more});
    }

    measure(value) {
        return `${this.number(value)} ${this.props.chart.unit}`.trim();
    }

    get allowed() {
        const {low, high} = this.props.chart;
        return low === null ? _t("up to %s", this.measure(high)) : `${this.number(low)} – ${this.measure(high)}`;
    }

    get figures() {
        const {count, shown, size, capability} = this.props.chart;
        const rows = [
            [_t("Readings"), shown === count ? String(count) : _t("%(shown)s of %(count)s", {shown, count})],
            [_t("Allowed"), this.allowed],
        ];
        if (capability) {
            rows.push(
                [_t("Mean"), this.measure(capability.mean)],
                [
                    size === 1 ? _t("Sigma within (mean moving range / d2)") : _t("Sigma within (mean range / d2)"),
                    `${this.number(capability.sigma_within, 1)} ${this.props.chart.unit}`,
                ],
                [
                    _t("Sigma overall (standard deviation, n - 1)"),
                    `${this.number(capability.sigma_overall, 1)} ${this.props.chart.unit}`,
                ],
            );
        }
        return rows;
    }

    get indices() {
        const {capability} = this.props.chart;
        const meanings = {
            cp: ["Cp", _t("what the spread within would allow")],
            cpk: ["Cpk", _t("the same, where the middle is")],
            pp: ["Pp", _t("what all the spread allows")],
            ppk: ["Ppk", _t("the same, where the middle is")],
        };
        return Object.entries(meanings)
            .filter(([name]) => capability?.[name])
            .map(([name, [label, meaning]]) => ({label, meaning, values: capability[name].map((v) => v.toFixed(2))}));
    }

    dayOf({day}) {
        return formatDate(deserializeDateTime(day));
    }

    describe(number) {
        const {value, readings} = this.props.chart.points[number];
        const named = readings.length === 1 ? readings[0].part : `${readings[0].part} – ${readings.at(-1).part}`;
        return [named, this.measure(value), this.dayOf(readings.at(-1)), ...(this.broken.get(number) || [])].join(", ");
    }

    /** From the first to the last reading of the pattern. */
    signalWords({points}) {
        const named = [points[0], points.at(-1)].map((number) => this.props.chart.points[number].readings.at(-1));
        const [first, last] = named;
        return points.length === 1
            ? `${last.part}, ${this.dayOf(last)}`
            : _t("%(first)s to %(last)s, %(day)s", {first: first.part, last: last.part, day: this.dayOf(last)});
    }

    showNewest() {
        for (const scroll of this.root.el.querySelectorAll(".o_wcm_chart_scroll")) {
            scroll.scrollLeft = scroll.scrollWidth;
            this.takeTab(scroll, [...scroll.querySelectorAll("[data-column]")].at(-1));
        }
    }

    takeTab(picture, point) {
        if (point) {
            picture.querySelector("[data-column][tabindex='0']")?.setAttribute("tabindex", "-1");
            point.setAttribute("tabindex", "0");
        }
    }

    open(number) {
        return this.props.onOpen(this.props.chart.points[number].readings);
    }

    onClick(ev) {
        const point = ev.target.closest("[data-column]");
        return point && this.open(Number(point.dataset.column));
    }

    onKeydown(ev) {
        if (["Enter", " "].includes(ev.key)) {
            ev.preventDefault();
            this.onClick(ev);
        } else {
            this.takeTab(ev.currentTarget, moveFocus(ev.currentTarget, ev));
        }
    }
}
