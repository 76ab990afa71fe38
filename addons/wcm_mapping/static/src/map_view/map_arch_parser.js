import {parseExpr} from "@web/core/py_js/py";
import {exprToBoolean} from "@web/core/utils/strings";
import {visitXML} from "@web/core/utils/xml";
import {getActiveActions} from "@web/views/utils";

const AST_NAME = 5;

/** Names that an expression uses, as far as they are fields. */
function fieldNamesOf(expression, fields) {
    const names = new Set();
    const visit = (node) => {
        if (node.type === AST_NAME && node.value in fields) {
            names.add(node.value);
        }
        Object.values(node)
            .filter((child) => child && typeof child === "object")
            .forEach(visit);
    };
    visit(parseExpr(expression));
    return [...names];
}

export class MapArchParser {
    /**
     * @param {Element} xmlDoc `<wcm_map>`
     * @param {Object} fields of the model
     */
    parse(xmlDoc, fields) {
        return {
            activeActions: getActiveActions(xmlDoc),
            latitude: this.placeField(xmlDoc, "latitude", fields),
            longitude: this.placeField(xmlDoc, "longitude", fields),
            title: xmlDoc.getAttribute("title") || "display_name",
            color: xmlDoc.getAttribute("color"),
            area: xmlDoc.getAttribute("area"),
            approximate: xmlDoc.getAttribute("approximate") || "False",
            popupFields: this.popupFields(xmlDoc, fields),
            layers: this.named(xmlDoc, "layer"),
            colors: this.named(xmlDoc, "color"),
        };
    }

    placeField(xmlDoc, attribute, fields) {
        const name = xmlDoc.getAttribute(attribute);
        if (fields[name]?.type !== "float") {
            throw new Error(`The ${attribute} of a map must be a float field, not "${name}".`);
        }
        return name;
    }

    /** What a reader can switch on; the server knows the rest of it by its name. */
    named(xmlDoc, tag) {
        return [...xmlDoc.querySelectorAll(`:scope > ${tag}`)].map((node) => ({
            name: node.getAttribute("name"),
            label: node.getAttribute("string"),
            model: node.getAttribute("model"),
            outline: node.hasAttribute("outline"),
            field: node.getAttribute("field"),
            weeks: Number(node.getAttribute("weeks")),
        }));
    }

    popupFields(xmlDoc, fields) {
        const popupFields = [];
        visitXML(xmlDoc, (node) => {
            if (node.tagName === "field") {
                popupFields.push(this.popupField(node, fields));
            }
        });
        return popupFields;
    }

    popupField(node, fields) {
        const name = node.getAttribute("name");
        const invisible = node.getAttribute("invisible") || "False";
        return {
            name,
            label: node.getAttribute("string") || fields[name].string,
            // A string of its own replaces the value of a badge.
            text: node.getAttribute("string"),
            badge: node.getAttribute("widget") === "badge",
            invisible,
            dependencies: [name, ...fieldNamesOf(invisible, fields)],
            labelled: !exprToBoolean(node.getAttribute("nolabel") || "0"),
        };
    }
}
