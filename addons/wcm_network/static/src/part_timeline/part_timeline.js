import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** The life of a part, step by step, with what each was made from and whether its seals still hold. */
export class PartTimeline extends Component {
    static template = "wcm_network.PartTimeline";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.display = {controlPanel: {}};
        this.state = useState({part: null});
        const orm = useService("orm");
        onWillStart(async () => {
            this.state.part = await orm.call("wcm.part", "timeline", [this.props.action.context.active_id]);
            this.env.config.setDisplayName(_t("Timeline of %s", this.state.part.name));
        });
    }

    time(value) {
        return formatDateTime(deserializeDateTime(value), {showSeconds: false});
    }
}

registry.category("actions").add("wcm_part_timeline", PartTimeline);
