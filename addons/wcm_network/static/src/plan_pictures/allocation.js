import {_t} from "@web/core/l10n/translation";
import {levelOf, number, sum} from "./words";

/** Components by members: the more blocks, the darker. */
export function allocationTable({members, components, cells}) {
    const largest = Math.max(0, ...cells.map(([, , quantity]) => quantity));
    const missing = sum(components.map((component) => component.unplaced));
    const blocks = (filter) => sum(cells.filter(filter).map(([, , quantity]) => quantity));
    const rows = components.map((component) => {
        const own = cells.filter(([id]) => id === component.id);
        const found = own.map(([id, member, quantity]) => [
            member,
            {
                text: number(quantity),
                level: levelOf(quantity, largest),
                label: _t("%(component)s at %(member)s: %(quantity)s", {
                    component: component.name,
                    member: members.find((row) => row.id === member).name,
                    quantity: number(quantity),
                }),
                domain: [
                    ["product_id", "=", id],
                    ["membership_id", "=", member],
                ],
            },
        ]);
        const total = {text: number(blocks(([id]) => id === component.id)), isTotal: true};
        const unplaced = component.unplaced && {text: number(component.unplaced), isBad: true};
        return {
            key: component.id,
            label: component.code || component.name,
            note: component.code ? component.name : "",
            cells: {...Object.fromEntries(found), total, unplaced},
        };
    });
    const sums = members.map(({id}) => [id, {text: number(blocks(([, member]) => member === id)), isTotal: true}]);
    const all = {text: number(blocks(() => true)), isTotal: true};
    const unplaced = {text: number(missing), isBad: true};
    const totals = {
        key: "total",
        label: _t("All"),
        isTotal: true,
        cells: {...Object.fromEntries(sums), total: all, unplaced},
    };
    return {
        caption: _t("Blocks by component and member"),
        corner: _t("Component"),
        columns: [
            ...members.map(({id, name}) => ({key: id, label: name})),
            {key: "total", label: _t("All")},
            ...(missing ? [{key: "unplaced", label: _t("Not placed")}] : []),
        ],
        rows: [...rows, totals],
    };
}
