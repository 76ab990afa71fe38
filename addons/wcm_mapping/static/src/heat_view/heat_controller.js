import {Component, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useBus, useService} from "@web/core/utils/hooks";
import {useModel} from "@web/model/model";
import {useSetupAction} from "@web/search/action_hook";
import {CogMenu} from "@web/search/cog_menu/cog_menu";
import {Layout} from "@web/search/layout";
import {SearchBar} from "@web/search/search_bar/search_bar";
import {useSearchBarToggler} from "@web/search/search_bar/search_bar_toggler";
import {ActionHelper} from "@web/views/action_helper";
import {standardViewProps} from "@web/views/standard_view_props";
import {moveFocus} from "./cell_keys";

export class HeatController extends Component {
    static template = "wcm_mapping.HeatView";
    static components = {ActionHelper, CogMenu, Layout, SearchBar};
    static props = {...standardViewProps, archInfo: Object, Model: Function};

    setup() {
        this.action = useService("action");
        const {archInfo, fields, resModel} = this.props;
        this.model = useModel(this.props.Model, {archInfo, fields, resModel});
        useBus(this.model.bus, "update", () => this.render(true));
        this.rootRef = useRef("root");
        useSetupAction({rootRef: this.rootRef});
        this.searchBarToggler = useSearchBarToggler();
    }

    get key() {
        return [
            ["all", _t("75 % or more free")],
            ["most", _t("50 to 75 %")],
            ["half", _t("25 to 50 %")],
            ["quarter", _t("under 25 %")],
            ["full", _t("nothing free")],
            ["over", _t("overbooked")],
            ["none", _t("not open")],
        ];
    }

    get rowLabel() {
        return this.props.fields[this.model.rowField].string;
    }

    weekLabel(monday) {
        return luxon.DateTime.fromISO(monday).toFormat("d LLL");
    }

    cellLabel(row, monday, {total, free, share}) {
        const week = luxon.DateTime.fromISO(monday).toFormat("d LLLL yyyy");
        const hours = _t("%(free)s of %(total)s hours free", {free: Math.round(free), total: Math.round(total)});
        return `${row.name}, ${week}: ${hours}${share === null ? "" : ` (${share} %)`}`;
    }

    number(hours) {
        return Math.round(hours);
    }

    /** What the number is made of: the space's processes in that week. */
    openWeek(row, monday, cell) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name: `${row.name}, ${this.weekLabel(monday)}`,
            res_model: this.props.resModel,
            views: [[false, "list"]],
            domain: cell.domain,
        });
    }

    onKeydown(ev) {
        moveFocus(this.rootRef.el, ev);
    }
}
