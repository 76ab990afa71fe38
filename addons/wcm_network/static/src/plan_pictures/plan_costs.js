import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {CostSplit} from "./cost_split";

/** The cost split on the plan's form. */
export class PlanCosts extends Component {
    static template = "wcm_network.PlanCosts";
    static components = {CostSplit};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({picture: null});
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps(({record}) => this.load(record));
    }

    /** Anew for another plan, and when it was solved again. */
    async load({resId, data}) {
        const shown = JSON.stringify([resId, data.cost, data.placed_quantity, data.solve_seconds]);
        if (resId && shown !== this.shown) {
            this.shown = shown;
            this.state.picture = await this.orm.call("wcm.plan", "picture", [resId, "costs"]);
        }
    }
}

export const planCosts = {
    component: PlanCosts,
    fieldDependencies: [
        {name: "cost", type: "monetary"},
        {name: "placed_quantity", type: "integer"},
        {name: "solve_seconds", type: "float"},
    ],
};

registry.category("view_widgets").add("plan_costs", planCosts);
