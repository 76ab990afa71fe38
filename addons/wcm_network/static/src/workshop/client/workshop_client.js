import {browser} from "@web/core/browser/browser";
import {routerBus} from "@web/core/browser/router";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {session} from "@web/session";
import {ActionContainer} from "@web/webclient/actions/action_container";
import {TellDialog} from "../tell/tell_dialog";
import {Component, onMounted, useEffect, useRef, useState} from "@odoo/owl";

/**
 * Tabs: {name, icon, action (xmlid), path (of the action), own, right}. Other addons add theirs.
 * With `right` ("office" or "owner"), it is for those who have it; the server asks again.
 * With `own`, and one record of that name in the session, the tab opens this record.
 */
export const workshopTabs = registry.category("wcm_workshop_tabs");

export class WorkshopClient extends Component {
    static template = "wcm_network.WorkshopClient";
    static components = {ActionContainer, MainComponentsContainer};
    static props = {};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        const isMine = (tab) => !tab.right || session.workshop_rights.includes(tab.right);
        this.tabs = workshopTabs
            .getEntries()
            .map(([id, tab]) => ({id, ...tab}))
            .filter(isMine);
        this.memberships = session.workshop_memberships;
        this.state = useState({current: null});
        this.nav = useRef("nav");
        useEffect(
            () => {
                this.nav.el.querySelector(".active")?.scrollIntoView({block: "nearest", inline: "center"});
            },
            () => [this.state.current],
        );
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.markCurrent());
        useBus(routerBus, "ROUTE_CHANGE", () => this.load());
        onMounted(() => {
            this.load();
            this.env.bus.trigger("WEB_CLIENT_READY");
        });
    }

    get title() {
        return this.memberships.map((membership) => membership.name).join(", ");
    }

    async load() {
        if (!(await this.action.loadState())) {
            await this.open(this.tabs[0]);
        }
    }

    open(tab) {
        const own = tab.own ? session[tab.own] : [];
        const one = own.length === 1 ? {viewType: "form", props: {resId: own[0].id}} : {};
        return this.action.doAction(tab.action, {clearBreadcrumbs: true, ...one});
    }

    markCurrent() {
        const path = this.action.currentController?.action.path;
        const tab = this.tabs.find((candidate) => candidate.path === path);
        this.state.current = tab ? tab.id : this.state.current;
    }

    /** About the page and the record that are open, saved or not: nothing of them is touched. */
    tell() {
        const controller = this.action.currentController;
        const id = controller?.currentState?.resId || controller?.props.resId;
        const about = Number.isInteger(id) && {model: controller.props.resModel, id};
        const name = about ? controller.displayName : "";
        this.dialog.add(TellDialog, {page: browser.location.pathname, about, name: name || ""});
    }

    logOut() {
        browser.location.href = "/web/session/logout?redirect=/workshop";
    }
}
