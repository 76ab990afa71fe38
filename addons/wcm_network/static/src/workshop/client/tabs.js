import { _t } from "@web/core/l10n/translation";
import { workshopTabs } from "./workshop_client";

workshopTabs
    .add("today", {
        name: _t("Today"), icon: "fa-check-square-o", path: "today", action: "wcm_network.workshop_today_action",
    }, { sequence: 10 })
    .add("orders", {
        name: _t("Orders"), icon: "fa-clipboard", path: "my-orders", action: "wcm_network.workshop_work_order_action",
    }, { sequence: 20 });
