import {_t} from "@web/core/l10n/translation";
import {questions} from "@wcm_network/workshop/ask_dialog/questions";

questions.add("rating_objection", {
    title: _t("You do not agree with this rating"),
    submit: _t("Send"),
    fields: [{name: "words", label: _t("What is not right?"), type: "text", required: true}],
});
