import {browser} from "@web/core/browser/browser";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError} from "@web/core/network/rpc";
import {user} from "@web/core/user";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {uuid} from "@web/core/utils/strings";
import {Component, useState} from "@odoo/owl";

const MOODS = [
    {value: "problem", label: _t("Problem"), icon: "fa-exclamation-triangle"},
    {value: "idea", label: _t("Idea"), icon: "fa-lightbulb-o"},
    {value: "praise", label: _t("Praise"), icon: "fa-thumbs-o-up"},
];

/** What is written and not sent yet outlives the dialog, the page and the connection; each person has their own. */
const draftName = () => `wcm_tell_${user.userId}`;

function readDraft() {
    try {
        return JSON.parse(browser.localStorage.getItem(draftName())) || {};
    } catch {
        return {};
    }
}

/** One field, and a button for each mood that sends it: open, write, tap. The page behind it is left as it is. */
export class TellDialog extends Component {
    static template = "wcm_network.TellDialog";
    static components = {Dialog};
    static props = {
        page: String,
        about: {type: [Object, Boolean]},
        name: {type: String, optional: true},
        close: Function,
    };

    setup() {
        useAutofocus({refName: "text"});
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.moods = MOODS;
        const {text, key} = readDraft();
        this.key = key || uuid();
        this.state = useState({text: text || "", problem: "", busy: false});
    }

    keep() {
        if (this.state.text.trim()) {
            browser.localStorage.setItem(draftName(), JSON.stringify({text: this.state.text, key: this.key}));
        } else {
            browser.localStorage.removeItem(draftName());
        }
    }

    /** The same key until it has arrived: an answer that got lost does not make it twice. */
    async send(mood) {
        this.keep();
        if (!this.state.text.trim()) {
            this.state.problem = _t("Write something first.");
            return;
        }
        Object.assign(this.state, {busy: true, problem: ""});
        try {
            const {page, about} = this.props;
            const told = {text: this.state.text, mood, page, about: about || false, key: this.key};
            await this.orm.silent.call("wcm.feedback", "workshop_tell", [], told);
            this.state.text = "";
            this.keep();
            this.notification.add(_t("Thank you. Your coordinator reads it; the answer comes here and by e-mail."), {
                type: "success",
            });
            this.props.close();
        } catch (error) {
            this.state.problem = this.explain(error);
        } finally {
            this.state.busy = false;
        }
    }

    explain(error) {
        if (error instanceof ConnectionLostError || !error.data) {
            return _t(
                "There is no connection just now. What you wrote is kept on this device: send it again in a moment.",
            );
        }
        return error.data.message;
    }
}
