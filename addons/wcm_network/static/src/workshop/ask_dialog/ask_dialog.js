import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {getDataURLFromFile} from "@web/core/utils/urls";
import {useAutofocus} from "@web/core/utils/hooks";
import {Component, useState} from "@odoo/owl";
import {shrink} from "../photo";

const names = (text) =>
    text
        .split(/[\n,;]+/)
        .map((name) => name.trim())
        .filter(Boolean);

const READ = {
    integer: (text) => parseInt(text, 10),
    money: (text) => parseFloat(text),
    number: (text) => (text ? parseFloat(text) : false),
    lots: names,
    names,
};

/** Asks for the arguments of an action in fields big enough for gloves. */
export class AskDialog extends Component {
    static template = "wcm_network.AskDialog";
    static components = {Dialog};
    static props = {question: Object, data: Object, confirm: Function, close: Function};

    setup() {
        useAutofocus({refName: "first"});
        this.canScan = isBarcodeScannerSupported();
        this.state = useState({values: this.initialValues(), files: {}, problem: "", done: "", busy: false});
    }

    get fields() {
        return this.props.question.fields.filter(({shown}) => !shown || shown(this.props.data));
    }

    initialValues() {
        return Object.fromEntries(
            this.fields.map((field) => [field.name, String(field.initial?.(this.props.data) ?? "")]),
        );
    }

    label({label}) {
        return typeof label === "function" ? label(this.props.data) : label;
    }

    choices(field) {
        return field.choices?.(this.props.data) || [];
    }

    isScannable(field) {
        return ["lots", "code"].includes(field.type);
    }

    inputType(field) {
        return {integer: "number", number: "number", money: "number", date: "date", file: "file"}[field.type] || "text";
    }

    step(field) {
        return {money: "0.01", number: "any"}[field.type] || false;
    }

    /** A photo is scaled down; what is no picture is sent as it is. */
    async choose(field, ev) {
        const [file] = ev.target.files;
        const content = file?.type.startsWith("image/") ? await shrink(file) : file;
        this.state.files[field.name] = content && {
            name: file.name,
            data: (await getDataURLFromFile(content)).split(",")[1],
        };
    }

    async scan(field) {
        try {
            this.add(field, await scanBarcode(this.env));
        } catch (error) {
            this.state.problem = error.message;
        }
    }

    add(field, code) {
        const before = this.state.values[field.name].trim();
        if (READ[field.type] === names) {
            this.state.values[field.name] = [...new Set([...names(before), code])].join("\n");
        } else {
            this.state.values[field.name] = code;
            this.state.problem = "";
        }
        if (field.type === "code") {
            this.submit();
        }
    }

    missing() {
        return this.fields.find((field) => field.required && !this.state.values[field.name].trim());
    }

    readValues() {
        const plain = (field) => (READ[field.type] || ((text) => text.trim()))(this.state.values[field.name]);
        const read = (field) => (field.type === "file" ? this.state.files[field.name] || false : plain(field));
        const {keep} = this.props.question; // what goes along without being asked
        return {
            ...Object.fromEntries(this.fields.map((field) => [field.name, read(field)])),
            ...keep?.(this.props.data),
        };
    }

    async submit() {
        const missing = this.missing();
        if (missing) {
            this.state.problem = _t("Please fill in “%s”.", this.label(missing));
            return;
        }
        Object.assign(this.state, {busy: true, problem: "", done: ""});
        try {
            this.afterSuccess(await this.props.confirm(this.readValues()));
        } catch (error) {
            this.state.problem = error.data?.message || error.message;
        } finally {
            this.state.busy = false;
        }
    }

    /** Scanning goes on with the next one until the person is done. */
    afterSuccess(result) {
        if (!this.props.question.again) {
            return this.props.close();
        }
        const [field] = this.fields;
        this.state.done = this.props.question.report(result);
        this.state.values[field.name] = "";
    }
}
