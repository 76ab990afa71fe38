import {_t} from "@web/core/l10n/translation";
import {workshopTabs} from "@wcm_network/workshop/client/workshop_client";
import {questions} from "@wcm_network/workshop/ask_dialog/questions";

workshopTabs.add(
    "checks",
    {
        name: _t("Checks"),
        icon: "fa-search",
        path: "my-checks",
        action: "wcm_qc.workshop_inspection_action",
    },
    {sequence: 40},
);

workshopTabs.add(
    "quality",
    {
        name: _t("Quality"),
        icon: "fa-line-chart",
        path: "my-quality",
        action: "wcm_qc.workshop_charts_action",
    },
    {sequence: 45},
);

questions
    .add("rework", {
        title: _t("Rework is done"),
        submit: _t("Send"),
        fields: [{name: "note", label: _t("What was done?"), type: "text", required: true}],
    })
    .add("corrective", {
        title: _t("It is done"),
        submit: _t("Send"),
        fields: [{name: "note", label: _t("What was done?"), type: "text", required: true}],
    })
    .add("witness", {
        title: _t("Who came as witness?"),
        submit: _t("Write it down"),
        fields: [{name: "names", label: _t("Name, and for whom"), type: "line", required: true}],
    })
    .add("refuse_cost", {
        title: _t("You do not agree to pay"),
        submit: _t("Send"),
        fields: [{name: "reason", label: _t("Why not?"), type: "text", required: true}],
    })
    .add("report", {
        title: _t("Something is wrong with this part"),
        submit: _t("Report"),
        fields: [
            {name: "title", label: _t("What is wrong, in a few words"), type: "line", required: true},
            {name: "description", label: _t("More, if it helps"), type: "text"},
            {name: "photo", label: _t("Photo, if it helps"), type: "file", accept: "image/*"},
        ],
    });
