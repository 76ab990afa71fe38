import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {getDataURLFromFile, imageUrl} from "@web/core/utils/urls";
import {isBinarySize} from "@web/core/utils/binary";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {x2ManyField} from "@web/views/fields/x2many/x2many_field";
import {joined, readingsOf} from "@wcm_qc/checking/quantity";
import {shrink} from "@wcm_network/workshop/photo";
import {Component, onWillUnmount, useRef, useState} from "@odoo/owl";
import {SignaturePad} from "./signature_pad";
import {gaugeFor, takeGauge} from "./checklist_gauge";

/** The checkpoints of an inspection, each with its answer in reach of a thumb; on a phone one at a time. */
export class Checklist extends Component {
    static template = "wcm_qc.Checklist";
    static components = {SignaturePad};
    static props = {...standardFieldProps, "*": true};

    setup() {
        // What is typed, until the record has it: {`${id} ${field}`: {line, field, text, telling}}. It outlives a redraw,
        // such as the one when a photo is ready, and a save, which puts new lines in the place of these.
        this.typed = {};
        this.telling = new Set();
        const {bus} = this.props.record.model;
        useBus(bus, "NEED_LOCAL_CHANGES", ({detail}) => detail.proms.push(this.tellAll()));
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.tellNow());
        this.root = useRef("root");
        this.notification = useService("notification");
        this.state = useState({
            at: Math.max(
                0,
                this.lines.findIndex((line) => line.data.verdict === "none"),
            ),
            signing: {},
            pads: {},
        });
        onWillUnmount(takeGauge(gaugeFor(this)));
    }

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    /** On a phone, one checkpoint at a time. */
    get isStepped() {
        return !this.props.readonly && this.lines.length > 1;
    }

    /** The line as it is now, whichever was drawn. */
    current({resId}) {
        return this.lines.find((one) => one.resId === resId);
    }

    /** A save that was on its way has put new lines in place meanwhile: these are told it too. */
    async toldTo(line, change) {
        let told = null;
        do {
            told = this.current(line);
            await told?.update({...change});
        } while (told && told.id !== this.current(line)?.id);
    }

    /** Whoever saves waits for what is on its way. */
    answer(line, name, value) {
        const told = this.toldTo(line, {[name]: value || false}).finally(() => this.telling.delete(told));
        this.telling.add(told);
        return told;
    }

    /** On a phone: the one before or after, once what was answered is kept on the server. */
    async go(steps) {
        if (await this.props.record.save()) {
            this.state.at = Math.min(Math.max(this.state.at + steps, 0), this.lines.length - 1);
            this.root.el.scrollIntoView({block: "start"});
        }
    }

    textOf(line, name) {
        return this.typedIn(line, name) ?? (line.data[name] || "");
    }

    typedIn(line, field) {
        return this.typed[`${line.resId} ${field}`]?.text;
    }

    onInput(line, field, event) {
        this.typed[`${line.resId} ${field}`] = {line, field, text: event.target.value};
    }

    onChange(line, field, event) {
        if (this.typedIn(line, field) !== event.target.value) {
            this.onInput(line, field, event); // a gauge changes without typing
        }
        return this.tell(`${line.resId} ${field}`);
    }

    /** A redraw while somebody types, when the answer before has reached the server, makes the browser forget that there is a change. */
    onLeave(line, field) {
        return this.tell(`${line.resId} ${field}`);
    }

    /** Once: leaving a field says it after its change. */
    async tell(key) {
        const typed = this.typed[key];
        if (typed) {
            typed.telling ??= this.answer(typed.line, ...this.answerOf(typed));
            await typed.telling.finally(() => {
                typed.telling = null;
            });
            if (this.typed[key] === typed) {
                delete this.typed[key];
            }
        }
    }

    /** [field, value]; “reading 1” is the second of several readings, told with those that are still on their way. */
    answerOf({line, field, text}) {
        const [name, at] = field.split(" ");
        return at ? [name, joined(this.readingTexts(this.current(line) || line))] : [name, text];
    }

    tellAll() {
        Object.keys(this.typed).forEach((key) => this.tell(key));
        return Promise.all(this.telling);
    }

    /** The page is being closed: nothing is waited for. */
    tellNow() {
        Object.values(this.typed).forEach((typed) => this.answer(typed.line, ...this.answerOf(typed)));
    }

    readingTexts(line) {
        const texts = readingsOf(line.data.reading, line.data.reading_count || 1);
        return texts.map((text, at) => this.typedIn(line, `reading ${at}`) ?? text);
    }

    /** One for each reading that is asked for: {text, found}, with what the server makes of it. */
    readings(line) {
        const texts = this.readingTexts(line);
        const found = line.data.readings_found || [];
        return texts.map((text, at) => ({
            at,
            text,
            found: found[at]?.words ? found[at] : null,
            label: texts.length > 1 ? _t("Reading %(at)s of %(all)s", {at: at + 1, all: texts.length}) : _t("Measured"),
        }));
    }

    options(line) {
        const of = (text, verdict) =>
            (text || "")
                .split("\n")
                .filter(Boolean)
                .map((option) => ({option, verdict}));
        return [...of(line.data.options_pass, "pass"), ...of(line.data.options_fail, "fail")];
    }

    /** Tapping the same answer again takes it back. */
    choose(line, option) {
        return this.answer(line, "reading", line.data.reading === option ? false : option);
    }

    judge(line, verdict) {
        return this.answer(line, "passed_by_hand", line.data.passed_by_hand === verdict ? false : verdict);
    }

    /** What is no answer by itself passes by what is entered; by hand it can only be failed. */
    failsByHand(line) {
        return ["photo", "text", "signature"].includes(line.data.kind);
    }

    failWords(line) {
        return line.data.kind === "signature" ? _t("Do not sign: fail") : _t("It is wrong: fail");
    }

    async takePhoto(line, event) {
        const [file] = event.target.files;
        if (file) {
            const picture = await getDataURLFromFile(await shrink(file));
            await this.answer(line, "photo", picture.split(",")[1]);
        }
    }

    sign(line) {
        return async (blob) => {
            this.state.signing[line.id] = true;
            await this.answer(line, "signature", (await getDataURLFromFile(blob)).split(",")[1]);
        };
    }

    signAgain(line) {
        this.state.signing[line.id] = true;
        this.state.pads[line.id] = (this.state.pads[line.id] || 0) + 1; // an empty one
        return this.answer(line, "signature", false);
    }

    canSign(line) {
        return !this.props.readonly && (this.state.signing[line.id] || !line.data.signature);
    }

    pictureUrl(line, name) {
        const picture = line.data[name];
        if (isBinarySize(picture)) {
            return imageUrl(line.resModel, line.resId, name, {height: 240});
        }
        return `data:image/jpeg;base64,${picture}`;
    }
}

registry.category("fields").add("wcm_checklist", {...x2ManyField, component: Checklist, supportedTypes: ["one2many"]});
