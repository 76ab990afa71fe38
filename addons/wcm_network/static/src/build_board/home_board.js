import {Component, markRaw, onWillStart, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {number} from "../plan_pictures/words";
import {HomePicture} from "./home_picture";

/**
 * A home as a picture of its blocks, narrowed by state and member; a board says what it asks of `wcm.build` (`method`),
 * how it is called (`title`) and which letter stands for each state (`marks`).
 */
export class HomeBoard extends Component {
    static components = {HomePicture, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.display = {controlPanel: {}};
        this.state = useState({board: null, only: "", member: 0});
        this.number = number;
        this.load = this.load.bind(this);
        this.openBlock = this.openBlock.bind(this);
        onWillStart(this.load);
    }

    get buildId() {
        return this.props.action.context.active_id;
    }

    async load() {
        const board = await this.orm.call("wcm.build", this.method, [this.buildId]);
        this.env.config.setDisplayName(this.title);
        this.state.board = markRaw(board);
        this.words = {
            marks: this.marks,
            states: Object.fromEntries(board.states),
            members: Object.fromEntries(board.members.map(({id, name}) => [id, name])),
        };
    }

    get columns() {
        return this.ui.isSmall ? 13 : 36;
    }

    isIn(state, block) {
        return block[1] === state;
    }

    /** Another function for another choice, so that the picture is drawn again. */
    get matches() {
        const {only, member} = this.state;
        return (block) => (!only || this.isIn(only, block)) && (!member || block[5] === member);
    }

    choose(key) {
        this.state.only = this.state.only === key ? "" : key;
    }

    openForm(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openBuild() {
        return this.openForm("wcm.build", this.buildId);
    }
}
