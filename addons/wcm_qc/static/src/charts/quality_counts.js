import {Component, markRaw, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {money, number} from "@wcm_network/plan_pictures/words";

/** First-pass yield, defects per million, what goes wrong most, and what it cost. */
export class QualityCounts extends Component {
    static template = "wcm_qc.QualityCounts";
    static props = {
        asked: Object,
        member: Number,
        machine: Number,
        since: String,
        until: String,
        isMember: Boolean,
    };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({kind: "checkpoint", counts: null, pareto: null});
        Object.assign(this, {number});
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((next) => this.load(next));
    }

    get kinds() {
        return [
            ["checkpoint", _t("Failed checkpoints")],
            ["title", _t("Nonconformities by title")],
            ["cause", _t("Nonconformities by cause")],
            ...(this.props.isMember ? [] : [["member", _t("Nonconformities by member")]]),
        ];
    }

    async load({member, machine, since, until}) {
        this.question = {member, machine, since, until};
        const calls = [
            this.orm.call("wcm.quality.chart", "counts", [this.question]),
            this.orm.call("wcm.quality.chart", "pareto", [this.question, this.state.kind]),
        ];
        const [counts, pareto] = await this.keepLast.add(Promise.all(calls));
        Object.assign(this.state, {counts: markRaw(counts), pareto: markRaw(pareto)});
    }

    async chooseKind(ev) {
        this.state.kind = ev.target.value;
        await this.load(this.question);
    }

    percent(share) {
        return share === null ? "–" : `${(100 * share).toFixed(1)} %`;
    }

    cost({kind, currency_id, blocks, priced, amount}) {
        const name = kind === "scrap" ? _t("Scrapped blocks") : _t("Reworked blocks");
        const missing = blocks - priced;
        return {
            name,
            blocks: number(blocks),
            amount: amount === null ? _t("no agreed price") : money(amount, currency_id),
            missing: amount !== null && missing ? _t("%s without an agreed price, not in the sum", missing) : "",
        };
    }
}
