import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/**
 * What a button must ask before it calls its method, by name:
 * {title, submit, again (ask for the next one until told to stop), report(result), fields: [{name, label, type, required, initial(record data), choices(record data), help}]}.
 * The names are those of the method's arguments. Types: text, integer, money, date, lots, code, one (of the choices).
 */
export const questions = registry.category("wcm_questions");

// As wcm.offer.decline says them.
const DECLINE_KINDS = [
    {value: "hours", label: _t("No free hours then")},
    {value: "date", label: _t("The date cannot be kept")},
    {value: "price", label: _t("The price is too low")},
    {value: "kit", label: _t("Not with our machines or skills")},
    {value: "material", label: _t("Material or drawings")},
    {value: "other", label: _t("Something else")},
];

const reason = (label) => ({name: "reason", label, type: "text", required: true});

questions
    .add("decline", {
        title: _t("Decline this offer"),
        submit: _t("Decline"),
        fields: [
            {name: "kind", label: _t("Why?"), type: "one", required: true, choices: () => DECLINE_KINDS},
            {
                name: "reason",
                label: _t("In your words"),
                type: "text",
                help: _t("The coordinator reads it, no other member does."),
            },
        ],
    })
    .add("refuse_change", {
        title: _t("Refuse this change"),
        submit: _t("Refuse"),
        fields: [reason(_t("Why? The coordinator reads it."))],
    })
    .add("counter", {
        title: _t("Offer something else"),
        submit: _t("Send"),
        fields: [
            {
                name: "quantity",
                label: _t("How many we can make"),
                type: "integer",
                required: true,
                initial: (data) => data.quantity,
            },
            {
                name: "date_due",
                label: _t("Ready by"),
                type: "date",
                required: true,
                initial: (data) => data.date_due?.toISODate(),
            },
            {
                name: "price_unit",
                label: _t("Price of one (GBP)"),
                type: "money",
                required: true,
                initial: (data) => data.price_unit,
            },
            reason(_t("Why?")),
        ],
    })
    .add("made", {
        title: _t("Made: which sheets?"),
        submit: _t("Mark as made"),
        fields: [
            {
                name: "sheet_lot_names",
                label: _t("Lot numbers of the sheets used"),
                type: "lots",
                required: true,
                choices: (data) =>
                    (data.workshop_sheets || []).map(({name, sheets}) => ({
                        value: name,
                        label: _t("%(name)s (%(sheets)s left)", {name, sheets}),
                    })),
                help: _t("Tap those you cut, or scan or type what is on the sheet's label, one a line."),
            },
        ],
    })
    .add("load", {
        title: _t("Load a part"),
        submit: _t("Load"),
        again: true,
        report: ({part, loaded, total}) => _t("%(part)s is on board: %(loaded)s of %(total)s.", {part, loaded, total}),
        fields: [
            {
                name: "code",
                label: _t("Code on the label"),
                type: "code",
                required: true,
                help: _t("Scan it, or type the serial number."),
            },
        ],
    });
