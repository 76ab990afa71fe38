import {_t} from "@web/core/l10n/translation";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {Component, useRef, useState} from "@odoo/owl";

/**
 * One field for a label's code: typed, sent by a keyboard scanner (which ends with Enter)
 * or read by the camera. While loading it loads the part, on its way it receives it.
 */
export class Scan extends Component {
    static template = "wcm_network.Scan";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.input = useRef("input");
        this.state = useState({message: "", isError: false, busy: false});
        this.hasCamera = isBarcodeScannerSupported();
    }

    get isLoading() {
        return this.props.record.data.state === "draft";
    }

    get label() {
        return this.isLoading ? _t("Scan a part on to the vehicle") : _t("Scan a part that has arrived");
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.send(this.input.el.value);
        }
    }

    async onCamera() {
        try {
            await this.send(await scanBarcode(this.env));
        } catch (error) {
            this.say(error.message || _t("The camera is not available. Type the code instead."), true);
        }
    }

    async send(code) {
        if (!code?.trim() || this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.record(code.trim());
        } catch (error) {
            this.say(error.data?.message || error.message, true);
        } finally {
            this.state.busy = false;
            this.input.el.value = "";
            this.input.el.focus();
        }
    }

    async record(code) {
        const method = this.isLoading ? "action_scan_load" : "action_receive_scan";
        await this.props.record.save();
        const {part, loaded, scanned, total} = await this.orm.call("wcm.shipment", method, [
            [this.props.record.resId],
            code,
        ]);
        await this.props.record.load();
        this.say(_t("%(part)s: %(count)s of %(total)s", {part, count: loaded ?? scanned, total}), false);
    }

    say(message, isError) {
        Object.assign(this.state, {message, isError});
    }
}

registry.category("view_widgets").add("wcm_scan", {component: Scan});
