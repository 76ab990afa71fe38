import {Domain} from "@web/core/domain";
import {KeepLast} from "@web/core/utils/concurrency";
import {Model} from "@web/model/model";
import {groupPoints} from "../map_canvas/map_groups";

const NAMED = ["many2one", "many2many", "one2many"];

export class MapModel extends Model {
    setup({archInfo, fields, resModel}) {
        this.archInfo = archInfo;
        this.fields = fields;
        this.resModel = resModel;
        this.keepLast = new KeepLast();
        this.data = {points: [], groups: [], placed: 0, missing: 0};
    }

    /** Reads the points of a search; an answer that a later search overtook is dropped. */
    async load({domain, context}) {
        this.searchParams = {domain, context};
        const read = Promise.all([this.readPoints(), this.countMissing()]);
        const [{records, length}, missing] = await this.keepLast.add(read);
        const points = records.map((record) => this.toPoint(record));
        const groups = this.archInfo.color ? groupPoints(points, this.fields[this.archInfo.color].selection) : [];
        this.data = {points, groups, placed: length, missing};
        this.notify();
    }

    hasData() {
        return Boolean(this.data.placed || this.data.missing);
    }

    readPoints() {
        const {latitude, longitude, limit, pointFields} = this.archInfo;
        const hasPlace = ["|", [latitude, "!=", 0], [longitude, "!=", 0]];
        const {domain, context} = this.searchParams;
        return this.orm.webSearchRead(this.resModel, Domain.and([domain, hasPlace]).toList(), {
            specification: this.specification(pointFields),
            limit,
            context,
        });
    }

    countMissing() {
        const {context} = this.searchParams;
        return this.orm.searchCount(this.resModel, this.missingDomain, {context});
    }

    /** What of the search has no place; 0, 0 lies in the sea and stands for "not known". */
    get missingDomain() {
        const {latitude, longitude} = this.archInfo;
        const noPlace = [
            [latitude, "=", 0],
            [longitude, "=", 0],
        ];
        return Domain.and([this.searchParams.domain, noPlace]).toList();
    }

    specification(names) {
        const named = (name) => NAMED.includes(this.fields[name]?.type);
        return Object.fromEntries(names.map((name) => [name, named(name) ? {fields: {display_name: {}}} : {}]));
    }

    toPoint(record) {
        const {latitude, longitude, title, color, isApproximate} = this.archInfo;
        const group = color ? record[color] : false;
        return {
            id: record.id,
            latitude: record[latitude],
            longitude: record[longitude],
            title: record[title]?.display_name || record[title] || "",
            group: group?.id || group,
            groupLabel: group?.display_name,
            approximate: isApproximate(record),
        };
    }

    /** What the pop-up of one point shows. */
    async readDetails(id) {
        const names = new Set(this.archInfo.popupFields.flatMap((field) => field.dependencies));
        const [record] = await this.orm.webRead(this.resModel, [id], {
            specification: this.specification([...names]),
            context: this.searchParams.context,
        });
        return record;
    }
}
