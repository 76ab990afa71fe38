import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Component, onWillStart, useState} from "@odoo/owl";

const COLUMNS = [
    {name: "received", label: _t("Received")},
    {name: "accepted", label: _t("Accepted")},
    {name: "worth", label: _t("Worth")},
    {name: "billed", label: _t("Billed")},
    {name: "paid", label: _t("Paid")},
];

/** What the network owes the member, by month and order, as Odoo's own documents say it. */
export class Statement extends Component {
    static template = "wcm_network.Statement";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.columns = COLUMNS;
        this.state = useState({statements: []});
        const orm = useService("orm");
        onWillStart(async () => {
            this.state.statements = await orm.call("wcm.membership", "workshop_statements", []);
        });
    }

    figures(statement) {
        const {totals} = statement;
        return [
            {label: _t("Still owed"), value: totals.open, strong: true},
            {label: _t("Accepted"), value: totals.worth},
            {label: _t("Not billed yet"), value: totals.to_bill},
            {label: _t("Paid"), value: totals.paid},
        ];
    }

    openOrder(order) {
        return this.action.doAction("wcm_network.workshop_work_order_action", {
            viewType: "form",
            props: {resId: order.id},
        });
    }
}

registry.category("actions").add("wcm_workshop_statement", Statement);
