import {draw} from "@wcm_qc/checking/pen";
import {Component, onMounted, useRef} from "@odoo/owl";

/** Where somebody signs with a finger, a pen or a mouse. */
export class SignaturePad extends Component {
    static template = "wcm_qc.SignaturePad";
    static props = {onDrawn: Function, label: String};

    setup() {
        const canvas = useRef("canvas");
        onMounted(() => draw(canvas.el, (blob) => this.props.onDrawn(blob)));
    }
}
