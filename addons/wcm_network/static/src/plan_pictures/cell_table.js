import {Component, useEffect, useRef} from "@odoo/owl";
import {moveFocus} from "@wcm_mapping/heat_view/cell_keys";

/**
 * Rows by columns; a cell with a domain is a button that opens its lines.
 *
 * A row has `key`, `label` and `cells`, by the column's key; a cell `text` or `chips`, and what it is made of.
 * One cell is reached with Tab, the others from it with the arrow keys.
 */
export class CellTable extends Component {
    static template = "wcm_network.CellTable";
    static props = {table: Object, onOpen: Function};

    setup() {
        this.rootRef = useRef("root");
        useEffect(
            () => this.takeTab(this.rootRef.el.querySelector("[data-row]")),
            () => [this.props.table],
        );
    }

    takeTab(cell) {
        if (cell) {
            for (const other of this.rootRef.el.querySelectorAll("[data-row][tabindex='0']")) {
                other.tabIndex = -1;
            }
            cell.tabIndex = 0;
        }
    }

    onKeydown(ev) {
        this.takeTab(moveFocus(this.rootRef.el, ev));
    }
}
