import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {WeekSheet} from "./week_sheet";

const STEPS = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [0, 1]};
const WEEKS = 12;
const MOST_WEEKS = 52;

/**
 * Hours offered, week by week: type a number, copy it over, close a week, undo, save.
 * The space that the grid was opened from; else all that the reader may write.
 */
export class WeekGrid extends Component {
    static template = "wcm_mapping.WeekGrid";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.ui = useState(useService("ui"));
        this.rootRef = useRef("root");
        this.state = useState({sheet: null, at: null, count: WEEKS, shown: 0, busy: false, problem: ""});
        useSetupAction({
            rootRef: this.rootRef,
            beforeLeave: () => this.save(),
            beforeUnload: (ev) => {
                if (this.sheet.changes.length) {
                    ev.preventDefault();
                }
            },
        });
        onWillStart(() => this.load());
    }

    get sheet() {
        return this.state.sheet;
    }

    get facilityId() {
        const {context = {}, params = {}} = this.props.action;
        return params.of_all_spaces ? null : context.active_id || null;
    }

    /** @param {Object} [sent] texts that were saved */
    async load(sent) {
        const grid = await this.orm.call("wcm.capability", "week_grid", [this.facilityId, this.state.count]);
        if (this.sheet) {
            this.sheet.renew(grid, sent);
        } else {
            this.state.sheet = new WeekSheet(grid);
        }
        this.state.at = this.sameCell(this.state.at);
    }

    /** The cell where the cursor stood, in rows that were read anew. */
    sameCell(at) {
        const row = at && this.sheet.rows.find(({id}) => id === at.row.id);
        return row ? {row, column: at.column} : null;
    }

    async more() {
        if (await this.save()) {
            this.state.count = Math.min(MOST_WEEKS, this.state.count + WEEKS);
            await this.load();
        }
    }

    get canShowMore() {
        return this.state.count < MOST_WEEKS;
    }

    /** On a phone one capability at a time, its weeks below each other. */
    get shownRows() {
        const {rows} = this.sheet;
        return this.ui.isSmall ? rows.slice(this.state.shown, this.state.shown + 1) : rows;
    }

    get severalSpaces() {
        return new Set(this.sheet.rows.map((row) => row.facility)).size > 1;
    }

    rowName(row) {
        return this.severalSpaces ? `${row.facility}: ${row.name}` : row.name;
    }

    weekName(week, format = "d LLL") {
        return luxon.DateTime.fromISO(week).toFormat(format);
    }

    number(hours) {
        return Math.round(hours * 10) / 10;
    }

    cellLabel(row, column) {
        const {possible, taken} = row.cells[column];
        return _t("%(name)s, week of %(week)s: hours offered, at most %(possible)s, %(taken)s taken", {
            name: this.rowName(row),
            week: this.weekName(this.sheet.weeks[column], "d LLLL yyyy"),
            possible: this.number(possible),
            taken: this.number(taken),
        });
    }

    problemText(row, column) {
        const {possible, taken} = row.cells[column];
        const texts = {
            number: () => _t("That is no number."),
            negative: () => _t("Hours cannot be negative. 0 means closed."),
            machines: () =>
                _t(
                    "The machines can work %s hours in this week. Type fewer, or ask to change your working hours.",
                    possible,
                ),
            taken: () =>
                _t("Work takes %(taken)s hours of this week. Talk to %(contact)s before you offer fewer.", {
                    taken: this.number(taken),
                    contact: row.contact,
                }),
        };
        return texts[this.sheet.problem(row, column)]?.() || "";
    }

    get activeProblem() {
        const at = this.state.at;
        return at ? this.problemText(at.row, at.column) : "";
    }

    get activeName() {
        const at = this.state.at;
        return at ? `${this.rowName(at.row)}, ${this.weekName(this.sheet.weeks[at.column], "d LLLL")}` : "";
    }

    onFocus(ev) {
        if (ev.target.dataset.cell) {
            const {row, column} = ev.target.dataset;
            this.state.at = {row: this.sheet.rows[row], column: Number(column)};
            this.sheet.typing = null;
            ev.target.select();
        }
    }

    onInput(ev) {
        const {row, column} = ev.target.dataset;
        this.sheet.type(this.sheet.rows[row], Number(column), ev.target.value);
    }

    close() {
        this.onCell((row, column) => this.sheet.write([[row, column, "0"]]));
    }

    usual() {
        this.onCell((row, column) => this.sheet.write([[row, column, ""]]));
    }

    copyOver() {
        this.onCell((row, column) => this.sheet.copyOver(row, column));
    }

    copyLast() {
        this.onCell((row, column) => this.sheet.copyLast(row, column));
    }

    /** Buttons act on the week where the cursor was, and put it back there. */
    onCell(action) {
        const {row, column} = this.state.at;
        action(row, column);
        this.focus(row, column);
    }

    focus(row, column) {
        const field = this.rootRef.el.querySelector(`[data-cell="${this.sheet.key(row, column)}"]`);
        field?.focus();
        field?.select();
    }

    undo() {
        this.sheet.undo();
    }

    onKeydown(ev) {
        const command = (ev.ctrlKey || ev.metaKey) && {z: this.undo, s: this.save}[ev.key];
        if (command) {
            ev.preventDefault();
            command.call(this);
        } else if (STEPS[ev.key] && ev.target.dataset.cell) {
            ev.preventDefault();
            this.move(STEPS[ev.key]);
        }
    }

    /** On a phone the weeks run downwards. */
    move([down, right]) {
        const [rows, columns] = this.ui.isSmall ? [right, down] : [down, right];
        const shown = this.shownRows;
        const number = shown.findIndex((row) => row.id === this.state.at.row.id) + rows;
        const column = this.state.at.column + columns;
        if (shown[number] && this.sheet.weeks[column]) {
            this.focus(shown[number], column);
        }
    }

    discard() {
        this.sheet.past.length = 0;
        return this.load();
    }

    /** True when nothing is left to save. */
    async save() {
        if (!this.sheet.changes.length) {
            return true;
        }
        if (this.sheet.refused) {
            this.focus(...this.sheet.refused);
            return false;
        }
        // Who saves again before the answer is there waits for that one.
        this.saving ||= this.send(false).finally(() => (this.saving = null));
        return this.saving;
    }

    async send(confirmed) {
        Object.assign(this.state, {busy: true, problem: ""});
        const sent = {...this.sheet.texts};
        try {
            const {warnings} = await this.orm.call("wcm.capability", "write_weeks", [this.sheet.changes], {confirmed});
            if (warnings.length) {
                this.ask(warnings);
                return false;
            }
            this.notification.add(_t("Saved."), {type: "success"});
            await this.load(sent);
            return !this.sheet.changes.length;
        } catch (error) {
            this.state.problem = error.data?.message || error.message;
            return false;
        } finally {
            this.state.busy = false;
        }
    }

    ask(warnings) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Work takes these hours"),
            body: warnings.join("\n\n"),
            confirmLabel: _t("Offer fewer all the same"),
            confirm: () => this.send(true),
            cancelLabel: _t("Change it"),
            cancel: () => {},
        });
    }
}

registry.category("actions").add("wcm_week_grid", WeekGrid);
