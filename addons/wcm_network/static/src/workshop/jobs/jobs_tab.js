import {_t} from "@web/core/l10n/translation";
import {workshopTabs} from "../client/workshop_client";

workshopTabs.add(
    "jobs",
    {
        name: _t("Jobs"),
        icon: "fa-users",
        path: "my-jobs",
        action: "wcm_network.workshop_jobs_action",
        right: "office",
    },
    {sequence: 68},
);
