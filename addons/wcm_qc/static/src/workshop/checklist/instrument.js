import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {Component} from "@odoo/owl";
import {Checklist} from "./checklist";

/** With which instrument a checkpoint was measured: those in date of the right kind, what was used last first. */
export class ChecklistInstrument extends Component {
    static template = "wcm_qc.ChecklistInstrument";
    static props = {line: Object, readonly: Boolean, answer: Function};

    setup() {
        this.notification = useService("notification");
        this.canScan = isBarcodeScannerSupported();
    }

    get data() {
        return this.props.line.data;
    }

    get choices() {
        return this.data.instrument_choices || [];
    }

    pick(id) {
        const [, name] = this.choices.find(([known]) => known === id);
        return this.props.answer(this.props.line, "instrument_id", {id, display_name: name});
    }

    async scan() {
        const code = (await scanBarcode(this.env)).trim().toUpperCase();
        const found = this.choices.find(([, , known]) => known.toUpperCase() === code);
        if (found) {
            await this.pick(found[0]);
        } else {
            this.notification.add(_t("“%s” is no instrument of this kind that is in date and with you.", code), {
                type: "danger",
            });
        }
    }
}

Checklist.components = {...Checklist.components, ChecklistInstrument};
