import {Domain} from "@web/core/domain";
import {user} from "@web/core/user";
import {KeepLast} from "@web/core/utils/concurrency";
import {Model} from "@web/model/model";
import {lookOfGroups} from "../map_canvas/map_groups";
import {clusterOf, pointOf} from "../map_canvas/mark_rows";
import {inBox, listPoints} from "./map_points";

const NAMED = ["many2one", "many2many", "one2many"];
const COLOURING = ["boolean", "many2one", "selection"];

function toPoint(row) {
    return {...pointOf(row), km: row[6]};
}

export class MapModel extends Model {
    setup({archInfo, fields, resModel, viewId}) {
        Object.assign(this, {archInfo, fields, resModel, viewId});
        this.keepLast = new KeepLast();
        const kept = user.settings?.wcm_map_choices?.[resModel];
        this.choices = {layers: [], color: null, chosen: [], weeks: 0, ...kept};
        this.data = {points: [], groups: [], placed: 0, missing: 0, bounds: null};
    }

    /** Reads what a search found; an answer that a later search overtook is dropped. */
    async load({domain, context, groupBy}) {
        this.searchParams = {domain, context, groupBy};
        return this.read();
    }

    async read() {
        const {points, groups, ...totals} = await this.keepLast.add(this.ask("wcm_map_open"));
        this.data = {...totals, points: points?.map(toPoint), groups: lookOfGroups(groups)};
        this.notify();
    }

    /** What the reader switched on or off, kept for the next time. */
    async choose(changed) {
        this.choices = {...this.choices, ...changed};
        const all = {...user.settings?.wcm_map_choices, [this.resModel]: this.choices};
        if (user.settings) {
            user.setUserSettings("wcm_map_choices", all);
        }
        if ("layers" in changed) {
            this.notify();
        } else {
            await this.read();
        }
    }

    /** A group-by of the search colours the pins, where it can; then what the reader chose; then the view. */
    get color() {
        const {groupBy = []} = this.searchParams;
        const grouped = groupBy.find((name) => COLOURING.includes(this.fields[name]?.type));
        const {color: name, chosen, weeks} = this.choices;
        return grouped || (this.chosenColor ? {name, chosen, weeks} : this.archInfo.color);
    }

    /** Of the view's `<color>`, the one that is on; one by records waits until some are chosen. */
    get chosenColor() {
        const color = this.archInfo.colors.find(({name}) => name === this.choices.color);
        return color?.field && !this.choices.chosen.length ? null : color;
    }

    /** Coloured by records of a many2many, the map shows what has one of them. */
    get domain() {
        const {domain} = this.searchParams;
        const {field} = this.chosenColor || {};
        return field ? Domain.and([domain, [[field, "in", this.choices.chosen]]]).toList() : domain;
    }

    ask(method, asked = {}) {
        const {color, domain} = this;
        const kwargs = {domain, color, context: this.searchParams.context, view_id: this.viewId, ...asked};
        return this.orm.silent.call(this.resModel, method, [], kwargs);
    }

    /** Rows of a layer; read once, and again when it failed. */
    readLayer(name) {
        const kwargs = {view_id: this.viewId, context: this.searchParams.context};
        this.layerRows ||= {};
        this.layerRows[name] ||= this.orm.silent.call(this.resModel, "wcm_map_layer", [name], kwargs).catch((error) => {
            delete this.layerRows[name];
            throw error;
        });
        return this.layerRows[name];
    }

    hasData() {
        return Boolean(this.data.placed || this.data.missing);
    }

    /** What of the search has no place; 0, 0 lies in the sea and stands for "not known". */
    get missingDomain() {
        const {latitude, longitude} = this.archInfo;
        const noPlace = [
            [latitude, "=", 0],
            [longitude, "=", 0],
        ];
        return Domain.and([this.domain, noPlace]).toList();
    }

    /** Points and clusters of a window, less the groups that are hidden. */
    async readMarks(box, zoom, hidden) {
        const {points, clusters, values} = await this.ask("wcm_map_marks", {box, zoom});
        const marks = clusters.map((row) => clusterOf(row, values, hidden));
        const alone = points.map(toPoint).filter(({group}) => !hidden.includes(group));
        return [...marks.filter(({total}) => total), ...alone];
    }

    /** One page of what a window holds; points that are here already are not asked for again. */
    async readList({box, centre, hidden, offset}) {
        if (this.data.points) {
            const shown = this.data.points.filter((point) => inBox(point, box) && !hidden.includes(point.group));
            return listPoints(shown, centre, offset);
        }
        const {length, rows} = await this.ask("wcm_map_list", {box, centre, hidden, offset});
        return {length, points: rows.map(toPoint)};
    }

    /** What the pop-up of one point shows; nothing of a record that was deleted meanwhile. */
    async readDetails(id) {
        const names = new Set(this.archInfo.popupFields.flatMap((field) => field.dependencies));
        const [record] = await this.orm.webRead(this.resModel, [id], {
            specification: this.specification([...names]),
            context: this.searchParams.context,
        });
        return record;
    }

    specification(names) {
        const named = (name) => NAMED.includes(this.fields[name]?.type);
        return Object.fromEntries(names.map((name) => [name, named(name) ? {fields: {display_name: {}}} : {}]));
    }
}
