import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Component, onWillStart, useState} from "@odoo/owl";

const QUESTIONS = [
    {name: "paid_hours", label: _t("Paid hours"), help: _t("Of all of you together, in work for the network")},
    {name: "people", label: _t("People paid"), help: _t("How many people these hours were")},
    {name: "apprentices", label: _t("Apprentices"), help: _t("Of these people")},
    {name: "training_hours", label: _t("Training hours"), help: _t("Paid hours in which somebody was trained")},
    {name: "first_jobs", label: _t("First jobs"), help: _t("People who began their first paid job this month")},
    {
        name: "living_wage_people",
        label: _t("Paid the living wage"),
        help: _t("Of these people, at least the Real Living Wage"),
    },
];

/** A member's report of jobs, month by month: numbers, no names. */
export class Jobs extends Component {
    static template = "wcm_network.Jobs";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.questions = QUESTIONS;
        this.state = useState({members: [], chosen: {}, answers: {}});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.members = await this.orm.call("wcm.membership", "workshop_jobs", []);
        for (const member of this.state.members) {
            this.choose(member, this.state.chosen[member.id] || member.months[1].key);
        }
    }

    choose(member, key) {
        this.state.chosen[member.id] = key;
        this.state.answers[member.id] = {...this.month(member).figures};
    }

    month(member) {
        return member.months.find(({key}) => key === this.state.chosen[member.id]);
    }

    answer(member, name, value) {
        this.state.answers[member.id][name] = value;
    }

    async send(member) {
        const {id} = member;
        await this.orm.call("wcm.membership", "workshop_report_jobs", [
            id,
            this.state.chosen[id],
            {...this.state.answers[id]},
        ]);
        this.notification.add(_t("Reported. Thank you."), {type: "success"});
        await this.load();
    }
}

registry.category("actions").add("wcm_workshop_jobs", Jobs);
