import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {day, number, sum} from "../plan_pictures/words";
import {HomeBoard} from "./home_board";

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
export class BuildBoard extends HomeBoard {
    static template = "wcm_network.BuildBoard";

    setup() {
        super.setup();
        Object.assign(this, {day, counted: COUNTED, method: "board", title: _t("Board"), marks: MARKS});
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

    isIn(state, block) {
        return state === "held" ? block[6] : super.isIn(state, block);
    }

    /** The block itself; its order or its home as long as it has no label. */
    openBlock([, , , partId, orderId]) {
        const [model, id] = partId
            ? ["wcm.part", partId]
            : orderId
              ? ["wcm.work.order", orderId]
              : ["wcm.build", this.buildId];
        return this.openForm(model, id);
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
}

registry.category("actions").add("wcm_build_board", BuildBoard);
