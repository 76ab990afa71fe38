import {Component, markRaw, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** What waits, a card for each kind of thing: how much, what has waited longest, and the way to it. */
export class QualityDesk extends Component {
    static template = "wcm_qc.QualityDesk";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({cards: []});
        this.load = this.load.bind(this);
        onWillStart(this.load);
    }

    async load() {
        this.state.cards = markRaw(await this.orm.call("wcm.quality.desk", "cards", []));
    }

    get waiting() {
        return this.state.cards.filter(({count}) => count);
    }

    get quiet() {
        return this.state.cards.filter(({count}) => !count);
    }

    async openAll({action, domain, title}) {
        const known = await this.action.loadAction(action);
        return this.action.doAction({...known, name: title, display_name: title, domain, context: {}});
    }

    openLine(card, line) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: line.model || card.model,
            res_id: line.res_id || line.id,
            views: [[false, "form"]],
        });
    }

    /** A dialog over the desk, which is read again afterwards, or a page of its own. */
    press(card, line, {method}) {
        return this.action.doActionButton({
            type: "object",
            name: method,
            resModel: card.model,
            resId: line.id,
            onClose: this.load,
        });
    }
}

registry.category("actions").add("wcm_quality_desk", QualityDesk);
