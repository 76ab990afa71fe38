import {evaluateBooleanExpr} from "@web/core/py_js/py";
import {registry} from "@web/core/registry";

const formatters = registry.category("formatters");

function textsOf(value, field) {
    if (field.type === "many2many" || field.type === "one2many") {
        return value.map((record) => record.display_name);
    }
    const text = field.type === "many2one" ? value?.display_name : format(value, field);
    return text ? [text] : [];
}

function format(value, field) {
    const formatter = formatters.get(field.type, null);
    return value === false || !formatter ? value || "" : formatter(value, {field});
}

/**
 * What a pop-up shows of a record: badges, and rows of label and texts; nothing empty.
 *
 * @param {Object} record as web_read gives it
 * @param {Object[]} popupFields of the arch
 * @param {Object} fields of the model
 */
export function popupContent(record, popupFields, fields) {
    const shown = popupFields
        .filter(({invisible}) => !evaluateBooleanExpr(invisible, record))
        .map((info) => ({...info, texts: textsOf(record[info.name], fields[info.name])}));
    return {
        badges: shown.filter(({badge}) => badge).map(({text, texts}) => text || texts.join(", ")),
        rows: shown
            .filter(({badge, texts}) => !badge && texts.length)
            .map(({name, label, texts}) => ({
                name,
                label,
                texts,
                tags: ["many2many", "one2many"].includes(fields[name].type),
            })),
    };
}
