import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** What waits in the reader's regions, and how they stand; every number opens what it counts. */
export class Dashboard extends Component {
    static template = "wcm_mapping.Dashboard";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({cards: [], figures: [], hours: null});
        onWillStart(async () => {
            Object.assign(this.state, await this.orm.call("wcm.facility", "dashboard", []));
        });
        this.loadHours();
    }

    /** Of many spaces it takes a moment: the page does not wait for it. */
    async loadHours() {
        this.state.hours = await this.orm.silent.call("wcm.facility", "dashboard_free_hours", []);
    }

    get waiting() {
        return this.state.cards.filter((card) => card.count);
    }

    get doneTitles() {
        return this.state.cards.filter((card) => !card.count).map((card) => card.title);
    }

    open(action) {
        return this.action.doAction(action);
    }

    share(rows, row, name) {
        const most = Math.max(1, ...rows.map((other) => other[name]));
        return Math.round((100 * Math.max(0, row[name])) / most);
    }

    number(value) {
        return Math.round(value).toLocaleString();
    }
}

registry.category("actions").add("wcm_mapping_dashboard", Dashboard);
