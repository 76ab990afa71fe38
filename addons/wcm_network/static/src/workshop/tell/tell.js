import {_t} from "@web/core/l10n/translation";
import {workshopTabs} from "../client/workshop_client";

workshopTabs.add(
    "feedback",
    {
        name: _t("Told"),
        icon: "fa-comment-o",
        path: "my-feedback",
        action: "wcm_network.workshop_feedback_action",
    },
    {sequence: 80},
);
