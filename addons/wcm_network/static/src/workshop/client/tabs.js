import {_t} from "@web/core/l10n/translation";
import {workshopTabs} from "./workshop_client";

workshopTabs
    .add(
        "today",
        {
            name: _t("Today"),
            icon: "fa-check-square-o",
            path: "today",
            action: "wcm_network.workshop_today_action",
        },
        {sequence: 10},
    )
    .add(
        "orders",
        {
            name: _t("Orders"),
            icon: "fa-clipboard",
            path: "my-orders",
            action: "wcm_network.workshop_work_order_action",
        },
        {sequence: 20},
    )
    .add(
        "parts",
        {
            name: _t("Parts"),
            icon: "fa-cubes",
            path: "my-parts",
            action: "wcm_network.workshop_part_action",
        },
        {sequence: 30},
    )
    .add(
        "shipments",
        {
            name: _t("Shipping"),
            icon: "fa-truck",
            path: "my-shipments",
            action: "wcm_network.workshop_shipment_action",
        },
        {sequence: 50},
    )
    .add(
        "capacity",
        {
            name: _t("Capacity"),
            icon: "fa-bar-chart",
            path: "my-capacity",
            action: "wcm_network.workshop_capability_action",
        },
        {sequence: 60},
    )
    .add(
        "statement",
        {
            name: _t("Owed"),
            icon: "fa-money",
            path: "my-statement",
            action: "wcm_network.workshop_statement_action",
            right: "office",
        },
        {sequence: 65},
    )
    .add(
        "us",
        {
            name: _t("Us"),
            icon: "fa-id-card-o",
            path: "us",
            action: "wcm_network.workshop_membership_action",
            own: "workshop_memberships",
        },
        {sequence: 70},
    );
