import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {AskDialog} from "../ask_dialog/ask_dialog";
import {Component, onWillStart, useState} from "@odoo/owl";

const COLUMNS = [
    {name: "received", label: _t("Received")},
    {name: "accepted", label: _t("Accepted")},
    {name: "worth", label: _t("Worth")},
    {name: "billed", label: _t("Billed")},
    {name: "paid", label: _t("Paid")},
];

const WRONG = {
    title: _t("What is wrong?"),
    fields: [{name: "reason", label: _t("What is wrong"), type: "text", required: true}],
    submit: _t("Send to the coordinator"),
};
const NUMBER = {
    title: _t("The number of your invoice"),
    fields: [
        {
            name: "number",
            label: _t("Number of your invoice"),
            type: "char",
            required: true,
            initial: (bill) => bill.reference,
        },
    ],
    submit: _t("Save"),
};

/** What the network owes the member, by month and order, as Odoo's own documents say it. */
export class Statement extends Component {
    static template = "wcm_network.Statement";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.columns = COLUMNS;
        this.state = useState({statements: []});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.statements = await this.orm.call("wcm.membership", "workshop_statements", []);
    }

    figures(statement) {
        const {totals} = statement;
        return [
            {label: _t("Still owed"), value: totals.open, strong: true},
            {label: _t("Accepted"), value: totals.worth},
            {label: _t("Not billed yet"), value: totals.to_bill},
            {label: _t("Paid"), value: totals.paid},
            {label: _t("Levy so far"), value: totals.levy},
            ...(statement.is_late ? [{label: _t("Paid late"), value: totals.late, late: true}] : []),
        ];
    }

    paper(statement, month) {
        return `/network/member/${statement.member_id}/statement/${month.key.slice(0, 7)}.pdf`;
    }

    /** Asks, tells the server and shows what it says now. */
    ask(question, data, method, args) {
        this.dialog.add(AskDialog, {
            question,
            data,
            confirm: async (values) => {
                await this.orm.call(...method, [...args], values);
                await this.load();
            },
        });
    }

    dispute(statement, month, order = {}) {
        const args = [statement.member_id, month.key, order.id || false];
        this.ask(WRONG, {}, ["wcm.membership", "action_dispute_statement"], args);
    }

    giveNumber(statement, bill) {
        this.ask(NUMBER, bill, ["wcm.membership", "action_give_invoice_number"], [statement.member_id, bill.id]);
    }

    async settle(dispute) {
        await this.orm.call("wcm.statement.dispute", "action_settle", [dispute.id]);
        await this.load();
    }

    openOrder(order) {
        return this.action.doAction("wcm_network.workshop_work_order_action", {
            viewType: "form",
            props: {resId: order.id},
        });
    }
}

registry.category("actions").add("wcm_workshop_statement", Statement);
