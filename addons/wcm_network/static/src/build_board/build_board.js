import {Component, markRaw, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {day, number, sum} from "../plan_pictures/words";
import {HomePicture} from "./home_picture";

/** A letter beside each colour; both stand in the key. */
const MARKS = {
    wanted: "–",
    offered: "O",
    agreed: "A",
    to_make: "T",
    made: "M",
    checked: "C",
    packed: "P",
    dispatched: "▸",
    received: "H",
    installed: "I",
    scrapped: "×",
    held: "!",
};
const COUNTED = ["agreed", "made", "shipped", "here", "installed"];
/** Which blocks a count of the table opens. */
const OPENS = {
    agreed: ["agreed", "to_make", "made", "checked", "packed", "dispatched", "received", "installed"],
    made: ["made", "checked", "packed", "dispatched", "received", "installed"],
    shipped: ["dispatched", "received", "installed"],
    here: ["received", "installed"],
    installed: ["installed"],
};

/** Every block of a home, from wanted to installed, against the promise. */
export class BuildBoard extends Component {
    static template = "wcm_network.BuildBoard";
    static components = {HomePicture, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.display = {controlPanel: {}};
        this.state = useState({board: null, only: "", member: 0});
        Object.assign(this, {day, number, counted: COUNTED});
        onWillStart(() => this.load());
    }

    get buildId() {
        return this.props.action.context.active_id;
    }

    async load() {
        const board = await this.orm.call("wcm.build", "board", [this.buildId]);
        this.env.config.setDisplayName(_t("Board"));
        this.state.board = markRaw(board);
        this.words = {
            marks: MARKS,
            states: Object.fromEntries(board.states),
            members: Object.fromEntries(board.members.map(({id, name}) => [id, name])),
        };
        this.matches = this.matches.bind(this);
        this.openBlock = this.openBlock.bind(this);
    }

    get columns() {
        return this.ui.isSmall ? 13 : 36;
    }

    get blocks() {
        return this.state.board.stages.flatMap(({lines}) => lines.flatMap(({blocks}) => blocks));
    }

    get countWords() {
        return {
            agreed: _t("Agreed"),
            made: _t("Made"),
            shipped: _t("Shipped"),
            here: _t("Here"),
            installed: _t("Installed"),
        };
    }

    /** How many are in each state, those that there are; what is held is counted twice, so it stands apart. */
    get key() {
        const blocks = this.blocks;
        const states = this.state.board.states.map(([key, label]) => ({
            key,
            label,
            count: blocks.filter((block) => block[1] === key).length,
        }));
        const held = {key: "held", label: _t("Held"), count: blocks.filter((block) => block[6]).length};
        return [...states, held].filter(({count}) => count).map((item) => ({...item, mark: MARKS[item.key]}));
    }

    get headline() {
        const {stages} = this.state.board;
        const [needed, here] = ["needed", "here"].map((name) => sum(stages.map((stage) => stage[name])));
        return _t("%(here)s of %(needed)s blocks are here.", {here: number(here), needed: number(needed)});
    }

    get total() {
        const {stages} = this.state.board;
        const names = ["needed", ...COUNTED, "held"];
        return Object.fromEntries(names.map((name) => [name, sum(stages.map((stage) => stage[name]))]));
    }

    /** What the promise comes to today, in words. */
    promise({needed, here, made, promised}) {
        const {today} = this.state.board;
        const days = Math.round(luxon.DateTime.fromISO(promised).diff(luxon.DateTime.fromISO(today), "days").days);
        if (here >= needed) {
            return {text: _t("all here")};
        }
        if (days < 0) {
            return {
                isBad: true,
                text: _t("▲ %(count)s missing for %(days)s days", {count: needed - here, days: -days}),
            };
        }
        const left = made < needed ? _t("%s to make", needed - made) : _t("%s to come", needed - here);
        return {
            isTight: days < 14,
            text: days ? _t("in %(days)s days, %(left)s", {days, left}) : _t("today, %s", left),
        };
    }

    matches(block) {
        const {only, member} = this.state;
        return (!only || (only === "held" ? block[6] : block[1] === only)) && (!member || block[5] === member);
    }

    choose(key) {
        this.state.only = this.state.only === key ? "" : key;
    }

    /** The block itself; its order or its home as long as it has no label. */
    openBlock([, , , partId, orderId]) {
        const [model, id] = partId
            ? ["wcm.part", partId]
            : orderId
              ? ["wcm.work.order", orderId]
              : ["wcm.build", this.buildId];
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openList(stage, count) {
        const domain = [["build_id", "=", this.buildId]];
        if (stage) {
            domain.push(["stage", "=", stage]);
        }
        if (count === "held") {
            domain.push(["is_held", "=", true]);
        } else if (count) {
            domain.push(["state", "in", OPENS[count]]);
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Blocks of %s", this.state.board.name),
            res_model: "wcm.build.block",
            views: [
                [false, "list"],
                [false, "kanban"],
            ],
            mobile_view_mode: "kanban",
            context: {search_default_group_stage: stage ? 0 : 1},
            domain,
        });
    }

    openMissing() {
        return this.action.doAction("wcm_network.action_build_lift", {additionalContext: {active_id: this.buildId}});
    }

    openBuild() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "wcm.build",
            res_id: this.buildId,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("wcm_build_board", BuildBoard);
