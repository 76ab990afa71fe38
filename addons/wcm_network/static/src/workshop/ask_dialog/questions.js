import {getCurrency} from "@web/core/currency";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/**
 * What a button must ask before it calls its method, by name:
 * {title, submit, again (ask for the next one until told to stop), report(result), keep(record data) (arguments that are not asked for), fields: [{name, label (words, or a function of the record data), type, required, shown(record data), initial(record data), choices(record data), help}]}.
 * The names are those of the method's arguments. Types: text, line, integer, number, money, date, lots and names (one a line), code, file, one (of the choices).
 */
export const questions = registry.category("wcm_questions");

/** Of the record's own money, as EUR. */
const currencyName = ({currency_id: currency}) => getCurrency(currency?.id)?.name || _t("its currency");

// As wcm.offer.decline says them.
const DECLINE_KINDS = [
    {value: "hours", label: _t("No free hours then")},
    {value: "date", label: _t("The date cannot be kept")},
    {value: "price", label: _t("The price is too low")},
    {value: "kit", label: _t("Not with our machines or skills")},
    {value: "material", label: _t("Material or drawings")},
    {value: "other", label: _t("Something else")},
];

const ROLES = [
    {value: "maker", label: _t("Maker: the work, no offers and no prices")},
    {value: "supervisor", label: _t("Supervisor: answers offers, sees prices")},
    {value: "owner", label: _t("Owner: everything, the people too")},
];

const role = {
    name: "role",
    label: _t("Role"),
    type: "one",
    required: true,
    choices: () => ROLES,
    initial: (data) => data.role || "maker",
};
const pin = {
    name: "pin",
    label: _t("PIN or badge"),
    type: "text",
    help: _t("Four digits or more, or scan the badge. Asked for at a shared tablet."),
};

const reason = (label) => ({name: "reason", label, type: "text", required: true});

questions
    .add("add_person", {
        title: _t("Add somebody"),
        submit: _t("Add"),
        fields: [
            {name: "name", label: _t("Name"), type: "text", required: true},
            role,
            {
                name: "email",
                label: _t("E-mail, for a login of their own"),
                type: "text",
                help: _t("They get an invitation. Leave it empty for who works at a shared tablet only."),
            },
            pin,
        ],
    })
    .add("accept_terms", {
        title: _t("Accept these terms for your organisation"),
        submit: _t("Accept"),
        // The text that is on the screen, and no other.
        keep: (data) => ({text_hash: data.workshop_terms_hash}),
        fields: [
            {
                name: "name",
                label: _t("Your name"),
                type: "line",
                required: true,
                help: _t("It is kept with the time, the text and its fingerprint. You get a copy by e-mail."),
            },
            {
                name: "role",
                label: _t("You are its …"),
                type: "line",
                required: true,
                help: _t("e.g. director or trustee"),
            },
        ],
    })
    .add("role", {title: _t("Role"), submit: _t("Change"), fields: [role]})
    .add("pin", {
        title: _t("PIN or badge"),
        submit: _t("Save"),
        fields: [{...pin, help: _t("Four digits or more, or scan the badge. Empty: none.")}],
    })
    .add("invite", {
        title: _t("Give a login"),
        submit: _t("Invite"),
        fields: [{name: "email", label: _t("E-mail"), type: "text", required: true}],
    })
    .add("rates", {
        title: _t("Your rates"),
        submit: _t("Set"),
        fields: [
            {
                name: "machine_hour",
                label: (data) => _t("Machine, an hour (%s)", currencyName(data)),
                type: "money",
                required: true,
                initial: (data) => data.rate_machine_hour,
                help: _t("For a clock hour of the machine: what it cost, power, tools, upkeep. 0 for work by hand."),
            },
            {
                name: "hands_on_hour",
                label: (data) => _t("Hands-on, an hour (%s)", currencyName(data)),
                type: "money",
                required: true,
                initial: (data) => data.rate_hands_on_hour,
                help: _t("For an hour of one person's work, with what an employer pays on top of the wage."),
            },
            {
                name: "overhead_percent",
                label: _t("Overhead (%)"),
                type: "money",
                required: true,
                initial: (data) => data.rate_overhead_percent,
                help: _t("On top of both: rent, insurance, office."),
            },
            {
                name: "date_from",
                label: _t("From"),
                type: "date",
                help: _t("Empty: from today. What is agreed stays as it was agreed."),
            },
        ],
    })
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
                label: (data) => _t("Price of one (%s)", currencyName(data)),
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
            {
                name: "machine_names",
                label: _t("On which machine?"),
                type: "names",
                required: true,
                shown: (data) => data.workshop_machines?.length > 0,
                initial: (data) =>
                    data.workshop_machines
                        .filter(({planned}) => planned)
                        .map(({name}) => name)
                        .join("\n"),
                choices: (data) =>
                    data.workshop_machines.map(({name, process}) => ({
                        value: name,
                        label: _t("%(name)s (%(process)s)", {name, process}),
                    })),
                help: _t("One of each kind; a fault is traced by it."),
            },
        ],
    })
    .add("sheets", {
        title: _t("Sheets that you bought"),
        submit: _t("Record"),
        fields: [
            {
                name: "product",
                label: _t("Which sheets?"),
                type: "one",
                required: true,
                initial: ({sheets_to_buy: wanted}) => (wanted.length === 1 ? wanted[0].product : ""),
                choices: (data) =>
                    (data.sheets_to_buy || []).map(({product, name, needed, bought}) => ({
                        value: String(product),
                        label: _t("%(name)s: %(bought)s of %(needed)s bought", {name, bought, needed}),
                    })),
            },
            {name: "quantity", label: _t("How many sheets"), type: "number", required: true},
            {
                name: "lot_name",
                label: _t("Lot or batch number"),
                type: "line",
                required: true,
                help: _t(
                    "As it stands on the sheets or their delivery note. The parts carry it, so that a fault can be traced.",
                ),
            },
            {name: "supplier", label: _t("Bought from"), type: "line"},
            {
                name: "certificate",
                label: _t("Supplier's certificate"),
                type: "file",
                help: _t("PDF or photo. Some components ask for it, once for each lot."),
            },
        ],
    })
    .add("take_off", {
        title: _t("Take sheets off your stock"),
        submit: _t("Take off"),
        fields: [
            {
                name: "quantity",
                label: _t("How many sheets"),
                type: "number",
                help: _t("Empty: all that are not cut."),
            },
            reason(_t("Why? The coordinator reads it.")),
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
