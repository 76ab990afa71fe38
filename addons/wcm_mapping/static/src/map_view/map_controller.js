import {Component, onWillStart, useRef} from "@odoo/owl";
import {Domain} from "@web/core/domain";
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
import {loadMapLibraries} from "../map_canvas/map_canvas";

export class MapController extends Component {
    static template = "wcm_mapping.MapView";
    static components = {ActionHelper, CogMenu, Layout, SearchBar};
    static props = {
        ...standardViewProps,
        archInfo: Object,
        Model: Function,
        Renderer: Function,
    };

    setup() {
        this.action = useService("action");
        const {archInfo, fields, resModel} = this.props;
        this.model = useModel(this.props.Model, {archInfo, fields, resModel, viewId: this.env.config.viewId || false});
        useBus(this.model.bus, "update", () => this.render(true));
        useSetupAction({rootRef: useRef("root")});
        this.searchBarToggler = useSearchBarToggler();
        onWillStart(loadMapLibraries);
    }

    get canCreate() {
        return this.props.archInfo.activeActions.create && this.props.createRecord;
    }

    openRecord(id) {
        const activeIds = this.model.data.points?.map((point) => point.id) || [id];
        this.props.selectRecord(id, {activeIds});
    }

    /** What was drawn is a filter as any other: every view of the search has it, and so has a favourite. */
    onArea(text, description) {
        const domain = new Domain([[this.props.archInfo.area, "=", text]]).toString();
        this.env.searchModel.createNewFilters([{description, domain, invisible: "True", type: "filter"}]);
    }

    /** A place of a layer. */
    openOther(resModel, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /** The records that no map can show, in a list where they can be mended. */
    openMissing() {
        this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Without a Place"),
            res_model: this.props.resModel,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: this.model.missingDomain,
        });
    }
}
