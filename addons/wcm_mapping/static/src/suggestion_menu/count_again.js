import {registry} from "@web/core/registry";

// After a decision fewer wait: the menu, which says how many, is fetched anew.
registry.category("actions").add("wcm_mapping.count_again", async (env) => {
    await env.services.menu.reload();
    return {type: "ir.actions.act_window_close"};
});
