import {onWillStart} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {number} from "@wcm_network/plan_pictures/words";
import {QualityCharts} from "../../charts/quality_charts";

/** A member's own quality: what to do, what is open, how it goes from month to month; then the charts of its own checks. */
export class MemberQuality extends QualityCharts {
    static template = "wcm_qc.MemberQuality";

    setup() {
        super.setup();
        this.number = number;
        onWillStart(() => this.loadMine());
    }

    async loadMine() {
        this.state.mine = await this.orm.call("wcm.membership", "workshop_quality", []);
    }

    get waiting() {
        return this.state.mine.cards.filter(({count}) => count);
    }

    percent(share) {
        return share === null ? "–" : `${(100 * share).toFixed(1)} %`;
    }

    openAll({action, context}) {
        return this.action.doAction(action, {additionalContext: context});
    }

    openOne({action, context}, {id}) {
        return this.action.doAction(action, {viewType: "form", props: {resId: id}, additionalContext: context});
    }
}

registry.category("actions").add("wcm_member_quality", MemberQuality);
