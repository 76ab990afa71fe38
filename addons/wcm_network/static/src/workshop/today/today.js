import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Component, onWillStart, useState} from "@odoo/owl";

/** What needs doing, in one call; each card leads to the records behind it. */
export class Today extends Component {
    static template = "wcm_network.Today";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({memberships: [], cards: []});
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.state, await this.orm.call("wcm.membership", "workshop_summary", []));
    }

    get waiting() {
        return this.state.cards.filter((card) => card.count);
    }

    openAll(card) {
        return this.action.doAction(card.action, {additionalContext: card.context});
    }

    openLine(card, line) {
        return this.action.doAction(card.action, {
            viewType: "form",
            props: {resId: line.id},
            additionalContext: card.context,
        });
    }
}

registry.category("actions").add("wcm_workshop_today", Today);
