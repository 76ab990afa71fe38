import {Component, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {moveFocus} from "@wcm_mapping/heat_view/cell_keys";
import {CELL, layOut} from "./home_layout";

/** A home as cells, one for each block: colour, letter and pattern say how far it is. One cell is reached with Tab. */
export class HomePicture extends Component {
    static template = "wcm_network.HomePicture";
    static props = {stages: Array, words: Object, matches: Function, columns: Number, onOpen: Function};

    setup() {
        this.root = useRef("root");
        this.size = CELL;
        useEffect(
            () => this.takeTab(this.root.el.querySelector("[data-row]")),
            () => [this.props.stages, this.props.columns],
        );
    }

    get layout() {
        return layOut(this.props.stages, this.props.columns);
    }

    get cells() {
        return this.layout.shapes.flatMap(({cells}) => cells);
    }

    /** The outline behind the cells. */
    outline({name, top, bottom}) {
        const {width} = this.layout;
        return name === "roof"
            ? `M ${width * 0.3} ${top} H ${width * 0.7} L ${width} ${bottom} H 0 Z`
            : `M 0 ${top} H ${width} V ${bottom} H 0 Z`;
    }

    describe({block, line}) {
        const [, state, name, , , , held] = block;
        const {words} = this.props;
        return [
            name || line.code,
            name && line.name,
            words.states[state],
            words.members[block[5]],
            held && _t("held: %s", held),
        ]
            .filter(Boolean)
            .join(", ");
    }

    takeTab(cell) {
        if (cell) {
            for (const other of this.root.el.querySelectorAll("[data-row][tabindex='0']")) {
                other.setAttribute("tabindex", "-1");
            }
            cell.setAttribute("tabindex", "0");
        }
    }

    open(ev) {
        const cell = ev.target.closest("[data-index]");
        if (cell) {
            const {block, line} = this.cells[Number(cell.dataset.index)];
            this.props.onOpen(block, line);
        }
    }

    onKeydown(ev) {
        if (["Enter", " "].includes(ev.key)) {
            ev.preventDefault();
            this.open(ev);
        } else {
            this.takeTab(moveFocus(this.root.el, ev));
        }
    }
}
