import {registry} from "@web/core/registry";
import {getDataURLFromFile, imageUrl} from "@web/core/utils/urls";
import {isBinarySize} from "@web/core/utils/binary";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {x2ManyField} from "@web/views/fields/x2many/x2many_field";
import {shrink} from "@wcm_network/workshop/photo";
import {Component} from "@odoo/owl";

/** The checkpoints of an inspection, each with its answer in reach of a thumb. */
export class Checklist extends Component {
    static template = "wcm_qc.Checklist";
    static props = {...standardFieldProps, "*": true};

    setup() {
        // What is being typed outlives a redraw, such as the one when a photo is ready.
        this.typed = {};
    }

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    answer(line, name, value) {
        return line.update({[name]: value || false});
    }

    textOf(line, name) {
        return this.typed[`${line.id} ${name}`] ?? (line.data[name] || "");
    }

    onInput(line, name, event) {
        this.typed[`${line.id} ${name}`] = event.target.value;
    }

    onChange(line, name, event) {
        delete this.typed[`${line.id} ${name}`];
        return this.answer(line, name, event.target.value);
    }

    /** Tapping the same answer again takes it back. */
    judge(line, verdict) {
        return this.answer(line, "passed_by_hand", line.data.passed_by_hand === verdict ? false : verdict);
    }

    judgesByHand(line) {
        return line.data.kind !== "measurement";
    }

    async takePhoto(line, event) {
        const [file] = event.target.files;
        if (file) {
            const picture = await getDataURLFromFile(await shrink(file));
            await this.answer(line, "photo", picture.split(",")[1]);
        }
    }

    photoUrl(line) {
        const photo = line.data.photo;
        if (isBinarySize(photo)) {
            return imageUrl(line.resModel, line.resId, "photo", {height: 240});
        }
        return `data:image/jpeg;base64,${photo}`;
    }
}

registry.category("fields").add("wcm_checklist", {...x2ManyField, component: Checklist, supportedTypes: ["one2many"]});
