import {Component, markRaw, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {day, number, sum} from "../plan_pictures/words";

/** What is missing for a lift: which blocks are not on site, where they are, and what to do. */
export class BuildLift extends Component {
    static template = "wcm_network.BuildLift";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        this.state = useState({lifts: [], scope: "", day: "", stage: "", found: null});
        Object.assign(this, {day, number});
        onWillStart(async () => {
            this.state.lifts = markRaw(await this.orm.call("wcm.build", "lifts", [this.buildId]));
            this.env.config.setDisplayName(_t("What is missing"));
            await this.choose({day: this.firstDay, ...this.props.state});
        });
    }

    get buildId() {
        return this.props.action.context.active_id || false;
    }

    /** Sites with more than one home, then the homes. */
    get scopes() {
        const {lifts} = this.state;
        const homes = new Map(lifts.map((lift) => [`build:${lift.build_id}`, `${lift.site}, ${lift.build}`]));
        const sites = new Map(lifts.map((lift) => [`site:${lift.site_id}`, lift.site]));
        return sites.size < homes.size ? [...sites, ...homes] : [...homes];
    }

    get scoped() {
        const [kind, id] = this.state.scope.split(":");
        return this.state.lifts.filter((lift) => !kind || lift[`${kind}_id`] === Number(id));
    }

    get days() {
        return [...Map.groupBy(this.scoped, (lift) => lift.day)].map(([date, lifts]) => ({
            date,
            label: _t("%(day)s: %(count)s missing", {
                day: day(date, "cccc d LLLL"),
                count: number(sum(lifts.map(({missing}) => missing))),
            }),
        }));
    }

    get stages() {
        const found = this.scoped.filter((lift) => lift.day <= this.state.day);
        return [...new Map(found.map(({stage, label}) => [stage, label]))];
    }

    /** The next one; where none is ahead, the last. */
    get firstDay() {
        const today = luxon.DateTime.now().toISODate();
        const dates = this.days.map(({date}) => date);
        return dates.find((date) => date >= today) || dates.at(-1) || "";
    }

    get buildIds() {
        const found = this.scoped.filter((lift) => lift.day <= this.state.day);
        return [...new Set(found.map((lift) => lift.build_id))];
    }

    get title() {
        return _t("Missing for %s", day(this.state.day, "cccc d LLLL"));
    }

    async choose(changes) {
        Object.assign(this.state, changes);
        if (!this.days.some(({date}) => date === this.state.day)) {
            this.state.day = this.firstDay;
        }
        if (!this.stages.some(([stage]) => stage === this.state.stage)) {
            this.state.stage = "";
        }
        const found =
            this.state.day && this.orm.call("wcm.build", "missing", [this.buildIds, this.state.day, this.state.stage]);
        this.state.found = markRaw((await this.keepLast.add(Promise.resolve(found))) || {rows: []});
    }

    file(ending) {
        const {day: date, stage} = this.state;
        return `/network/missing.${ending}?${new URLSearchParams({builds: this.buildIds.join(","), day: date, stage})}`;
    }

    telephone(phone) {
        return `tel:${phone.replace(/[^\d+]/g, "")}`;
    }

    open([model, id]) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openWord([model]) {
        return (
            {
                "wcm.part": _t("Open the block"),
                "wcm.shipment": _t("Open the shipment"),
                "wcm.work.order": _t("Open the order"),
            }[model] || _t("Open the home")
        );
    }
}

registry.category("actions").add("wcm_build_lift", BuildLift);
