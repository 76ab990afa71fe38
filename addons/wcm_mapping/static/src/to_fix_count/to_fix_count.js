import {registry} from "@web/core/registry";

const MENU = "wcm_mapping.menu_to_fix";

/** How many places there are to put right, behind the name of their menu. */
export const toFixCount = {
    dependencies: ["menu", "orm"],
    start(env, {menu, orm}) {
        let name = null;

        async function show() {
            const entry = menu.getAll().find(({xmlid}) => xmlid === MENU);
            if (!entry || menu.getCurrentApp()?.id !== entry.appID) {
                return;
            }
            name ??= entry.name;
            const count = await orm.silent.call("wcm.facility", "count_to_fix", []);
            const shown = count ? `${name} (${count})` : name;
            // What the menu tells its listeners leads back here: only news is told.
            if (entry.name !== shown) {
                entry.name = shown;
                env.bus.trigger("MENUS:APP-CHANGED");
            }
        }

        env.bus.addEventListener("MENUS:APP-CHANGED", show);
        env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", show);
        return {show};
    },
};

registry.category("services").add("wcm_to_fix_count", toFixCount);
