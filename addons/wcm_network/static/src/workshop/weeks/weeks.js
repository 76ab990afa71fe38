import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

const {DateTime} = luxon;

/** Bars of the coming weeks: hours offered, and how many of them are still free. */
export class Weeks extends Component {
    static template = "wcm_network.Weeks";
    static props = {...standardFieldProps};

    get weeks() {
        const weeks = this.props.record.data[this.props.name] || [];
        const most = Math.max(1, ...weeks.map((week) => week.offered));
        return weeks.map((week) => ({
            label: DateTime.fromISO(week.week).toFormat("d LLL"),
            free: formatFloat(Math.max(0, week.free), {digits: [12, 0]}),
            offered: formatFloat(week.offered, {digits: [12, 0]}),
            height: (100 * week.offered) / most,
            taken: week.offered ? Math.min(100, (100 * (week.offered - week.free)) / week.offered) : 0,
        }));
    }
}

registry.category("fields").add("wcm_weeks", {component: Weeks, supportedTypes: ["json"]});
