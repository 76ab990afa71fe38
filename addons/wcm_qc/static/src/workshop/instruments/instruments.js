import {_t} from "@web/core/l10n/translation";
import {additions} from "../add/add";
import {questions} from "@wcm_network/workshop/ask_dialog/questions";

const today = () => luxon.DateTime.now().toISODate();

additions.add("wcm.instrument", {
    ask: "instrument",
    method: "action_add_instrument",
    right: "office",
    reads: ["instrument_kinds"],
});

additions.add("wcm.competence", {
    ask: "competence",
    method: "action_add_competence",
    right: "owner",
    reads: ["competence_choices"],
});

const choose = (key) => (data) => data.competence_choices[key].map(([id, name]) => ({value: String(id), label: name}));

questions
    .add("competence", {
        title: _t("What somebody has learnt"),
        submit: _t("Add"),
        fields: [
            {name: "person", label: _t("Who"), type: "one", required: true, choices: choose("people")},
            {name: "kind", label: _t("For what"), type: "one", required: true, choices: choose("kinds")},
            {name: "trained_by", label: _t("Who taught or tested it"), type: "line", required: true},
            {name: "valid_from", label: _t("On"), type: "date", required: true, initial: today},
            {
                name: "valid_until",
                label: _t("Until"),
                type: "date",
                help: _t("Empty: as long as the network lets this kind of training hold."),
            },
            {name: "evidence", label: _t("Evidence"), type: "file", help: _t("PDF or photo.")},
        ],
    })
    .add("instrument", {
        title: _t("An instrument of yours"),
        submit: _t("Add"),
        fields: [
            {
                name: "kind",
                label: _t("Kind"),
                type: "one",
                required: true,
                choices: ({instrument_kinds: kinds}) => kinds.map(([id, name]) => ({value: String(id), label: name})),
            },
            {name: "name", label: _t("Name"), type: "line", required: true, help: _t("As you call it: long caliper.")},
            {name: "serial", label: _t("Serial number"), type: "line", required: true},
            {name: "range_min", label: _t("Measures from"), type: "number"},
            {name: "range_max", label: _t("Measures to"), type: "number"},
            {name: "unit", label: _t("Unit"), type: "line", initial: () => "mm"},
            {name: "resolution", label: _t("Smallest step that it shows"), type: "number"},
            {
                name: "code",
                label: _t("Bar code on it"),
                type: "line",
                help: _t("Empty: it gets a code, to be written on a label."),
            },
        ],
    })
    .add("calibration", {
        title: _t("A calibration"),
        submit: _t("Record"),
        fields: [
            {name: "date", label: _t("Calibrated on"), type: "date", required: true, initial: today},
            {
                name: "as_found",
                label: _t("As it came, it was"),
                type: "one",
                required: true,
                choices: () => [
                    {value: "in", label: _t("Right")},
                    {value: "out", label: _t("Wrong")},
                ],
                help: _t("Wrong: what was measured with it since the last good calibration is in doubt."),
            },
            {
                name: "result",
                label: _t("As it left, it was"),
                type: "one",
                required: true,
                choices: () => [
                    {value: "good", label: _t("Good")},
                    {value: "failed", label: _t("Failed")},
                ],
            },
            {name: "laboratory", label: _t("Who did it"), type: "line", required: true},
            {name: "number", label: _t("Certificate number"), type: "line"},
            {name: "certificate", label: _t("Certificate"), type: "file", help: _t("PDF or photo.")},
            {
                name: "due_on",
                label: _t("Next due"),
                type: "date",
                help: _t("Empty: as late as the network lets this kind of instrument."),
            },
            {name: "note", label: _t("What was found"), type: "text"},
        ],
    })
    .add("lend", {
        title: _t("Lend it"),
        submit: _t("Lend"),
        fields: [
            {
                name: "member",
                label: _t("Code of the other member"),
                type: "line",
                required: true,
                help: _t("It is on their labels. They see it from then on, and measure with it."),
            },
            {name: "until", label: _t("To be back by"), type: "date"},
        ],
    });
