import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {AskDialog} from "../ask_dialog/ask_dialog";
import {questions} from "../ask_dialog/questions";
import {workshopTabs} from "../client/workshop_client";

workshopTabs.add(
    "lessons",
    {
        name: _t("Lessons"),
        icon: "fa-lightbulb-o",
        path: "my-lessons",
        action: "wcm_network.workshop_lesson_action",
    },
    {sequence: 67},
);

const KINDS = [
    {value: "lesson", label: _t("Lesson")},
    {value: "interview", label: _t("Interview note")},
    {value: "sprint", label: _t("Sprint note")},
];
const CONSENTS = [
    {value: "agreed", label: _t("Agreed to be named")},
    {value: "refused", label: _t("Does not want to be named")},
    {value: "not_asked", label: _t("Not asked")},
];

questions
    .add("lesson", {
        title: _t("Write a lesson"),
        submit: _t("Keep as a draft"),
        fields: [
            {name: "title", label: _t("In one line"), type: "line", required: true},
            {name: "kind", label: _t("What is it"), type: "one", choices: () => KINDS, initial: () => "lesson"},
            {
                name: "text",
                label: _t("What was learnt"),
                type: "text",
                required: true,
                help: _t(
                    "What happened, why, and what to do another time. Only you and your coordinators read the draft.",
                ),
            },
        ],
    })
    .add("lesson_person", {
        title: _t("Who is named"),
        submit: _t("Add"),
        fields: [
            {name: "name", label: _t("Name, as it stands in the text"), type: "line", required: true},
            {
                name: "role",
                label: _t("What readers find instead"),
                type: "line",
                required: true,
                help: _t("e.g. a maker in Bristol"),
            },
            {
                name: "agreed",
                label: _t("What did they say"),
                type: "one",
                choices: () => CONSENTS,
                initial: () => "not_asked",
            },
            {
                name: "how",
                label: _t("How did they say it"),
                type: "line",
                help: _t("e.g. by e-mail, or asked in person"),
            },
        ],
    });

class LessonKanbanController extends KanbanController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.dialogs = useService("dialog");
    }

    write() {
        this.dialogs.add(AskDialog, {
            question: questions.get("lesson"),
            data: {},
            confirm: async (values) => {
                const opened = await this.orm.call("wcm.lesson", "workshop_write", [], values);
                await this.actionService.doAction(opened);
            },
        });
    }
}

registry.category("views").add("wcm_lesson_kanban", {
    ...kanbanView,
    Controller: LessonKanbanController,
    buttonTemplate: "wcm_network.LessonKanban.Buttons",
});
