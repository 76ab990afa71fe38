import {Component, xml} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {imageUrl} from "@web/core/utils/urls";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** <widget name="wcm_photo" field="photo"/>: a photo of the record; pressed, it opens in full. */
export class Photo extends Component {
    static template = xml`<a t-att-href="url()" target="_blank"><img t-att-src="url({height: 240})" t-att-alt="alt" class="mw-100" /></a>`;
    static props = {...standardWidgetProps, field: String};

    get alt() {
        return _t("Photo of what is wrong");
    }

    url(size) {
        const {resModel, resId} = this.props.record;
        return imageUrl(resModel, resId, this.props.field, size);
    }
}

registry.category("view_widgets").add("wcm_photo", {
    component: Photo,
    extractProps: ({attrs}) => ({field: attrs.field}),
});
