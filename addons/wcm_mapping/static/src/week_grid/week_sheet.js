/**
 * What is typed into the week grid and not saved yet: values, undo, what would be sent.
 *
 * A cell's key is "capability:week"; its text is what stands in the field, "" for "as usual".
 */
export class WeekSheet {
    constructor({weeks, rows, is_cut: isCut = false}) {
        this.weeks = weeks;
        this.isCut = isCut;
        this.rows = rows;
        this.texts = {};
        this.past = [];
        this.typing = null;
        for (const row of rows) {
            row.cells.forEach((cell, column) => {
                this.texts[this.key(row, column)] = this.textOf(cell.typed);
            });
        }
    }

    key(row, column) {
        return `${row.id}:${this.weeks[column]}`;
    }

    textOf(hours) {
        return hours === null || hours === undefined ? "" : String(hours);
    }

    text(row, column) {
        return this.texts[this.key(row, column)];
    }

    /** Number, null for "as usual", NaN for what is no number. A comma is a decimal point too. */
    hours(row, column) {
        const text = this.text(row, column).trim().replace(",", ".");
        return text === "" ? null : Number(text);
    }

    /** What the week would offer. */
    offered(row, column) {
        const hours = this.hours(row, column);
        return hours === null ? row.cells[column].usual : Math.min(hours, row.cells[column].possible);
    }

    /** "number", "negative" or "machines" when the hours cannot be offered; "taken" when work needs more. */
    problem(row, column) {
        const {possible, taken} = row.cells[column];
        const hours = this.hours(row, column);
        if (Number.isNaN(hours)) {
            return "number";
        }
        if (hours < 0) {
            return "negative";
        }
        if (this.isChanged(row, column) && hours !== null && hours > possible) {
            return "machines";
        }
        return this.offered(row, column) < taken ? "taken" : "";
    }

    isChanged(row, column) {
        return this.text(row, column).trim() !== this.textOf(row.cells[column].typed);
    }

    /** All that is typed into a cell at a stretch is one step to undo. */
    type(row, column, text) {
        const key = this.key(row, column);
        if (this.typing === key) {
            this.put([[row, column, text]]);
        } else {
            this.write([[row, column, text]]);
        }
        this.typing = key;
    }

    /** One step to undo, of one or many cells: [[row, column, text], …]. */
    write(cells) {
        const before = cells.map(([row, column]) => [row, column, this.text(row, column)]);
        if (cells.some(([row, column, text]) => text !== this.text(row, column))) {
            this.past.push(before);
            this.put(cells);
        }
    }

    put(cells) {
        this.typing = null;
        for (const [row, column, text] of cells) {
            this.texts[this.key(row, column)] = text;
        }
    }

    undo() {
        const step = this.past.pop();
        if (step) {
            this.put(step);
        }
    }

    /** The week's hours, in all the weeks after it. A week that cannot work so many gets what it can. */
    copyOver(row, column) {
        const text = this.text(row, column);
        const hours = this.hours(row, column);
        const later = row.cells.map((cell, number) => [row, number, this.within(cell, hours, text)]);
        this.write(later.slice(column + 1));
    }

    within(cell, hours, text) {
        return hours !== null && hours > cell.possible ? String(cell.possible) : text;
    }

    copyLast(row, column) {
        if (column > 0) {
            const cell = row.cells[column];
            this.write([[row, column, this.within(cell, this.hours(row, column - 1), this.text(row, column - 1))]]);
        }
    }

    get changes() {
        const changed = [];
        for (const row of this.rows) {
            row.cells.forEach((cell, column) => {
                if (this.isChanged(row, column)) {
                    changed.push({
                        capability_id: row.id,
                        week: this.weeks[column],
                        hours: this.hours(row, column),
                        seen: cell.typed,
                    });
                }
            });
        }
        return changed;
    }

    /** Where saving would be refused: [row, column] or undefined. */
    get refused() {
        const wrong = ["number", "negative", "machines"];
        const cells = this.rows.flatMap((row) => row.cells.map((_cell, column) => [row, column]));
        return cells.find(([row, column]) => wrong.includes(this.problem(row, column)));
    }

    /**
     * The server's figures after saving; what can be undone stays, to be saved again.
     *
     * @param {Object} [sent] texts when they were sent: what was typed since stays too
     */
    renew(grid, sent = this.texts) {
        const {past, texts} = this;
        Object.assign(this, new WeekSheet(grid));
        const typedSince = Object.keys(this.texts).filter((key) => texts[key] !== sent[key]);
        typedSince.forEach((key) => (this.texts[key] = texts[key]));
        const rows = new Map(grid.rows.map((row) => [row.id, row]));
        this.past = past.map((step) =>
            step.filter(([row]) => rows.has(row.id)).map(([row, column, text]) => [rows.get(row.id), column, text]),
        );
    }
}
