import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {placeLayer} from "@wcm_mapping/map_canvas/place_layer";
import {useMap} from "@wcm_mapping/map_component/use_map";
import {number, sum} from "./words";

const WIDEST = 14;
const EDGE = 40;
const LINE = {color: "#0b6fa4", opacity: 0.65, lineCap: "round"};
const DOT = {radius: 7, weight: 2, color: "#ffffff", fillColor: "#0b3f63", fillOpacity: 1};

/** Blocks on their way from members to sites: the more, the wider. The table below says the same without the map. */
export class FlowMap extends Component {
    static template = "wcm_network.FlowMap";
    static props = {picture: Object, onOpen: Function};

    setup() {
        this.state = useMap(() => this.props.picture, this.draw.bind(this));
    }

    get flows() {
        const {flows, members, sites} = this.props.picture;
        const [from, to] = [members, sites].map((rows) => new Map(rows.map((row) => [row.id, row])));
        return flows.map((flow) => ({...flow, from: from.get(flow.member), to: to.get(flow.site)}));
    }

    get hasNoPlace() {
        return this.flows.some(({from}) => !from.place);
    }

    draw(map, {members, sites, flows}) {
        const largest = Math.max(...flows.map(({quantity}) => quantity));
        const placed = members.filter(({place}) => place);
        const middle = sum(sites.map(({place}) => place[1])) / sites.length;
        for (const flow of this.flows.filter(({from}) => from.place)) {
            const weight = Math.max(2, (WIDEST * flow.quantity) / largest);
            const line = L.polyline([flow.from.place, flow.to.place], {...LINE, weight}).addTo(map);
            line.bindTooltip(this.words(flow), {sticky: true}).on("click", () => this.open(flow));
        }
        for (const {name, place} of placed) {
            // Away from the sites, where the lines meet.
            const [direction, offset] = place[1] < middle ? ["left", [-8, 0]] : ["right", [8, 0]];
            const dot = L.circleMarker(place, {...DOT, interactive: false}).addTo(map);
            dot.bindTooltip(name, {permanent: true, direction, offset});
        }
        const rows = sites.map(({id, name, place}) => [id, name, ...place]);
        placeLayer(rows, _t("Housing site"), (id, label) => this.openSite(id, label)).addTo(map);
        const places = [...placed, ...sites].map(({place}) => place);
        map.fitBounds(places, {padding: [EDGE, EDGE], maxZoom: 9, animate: false});
    }

    words({from, to, quantity}) {
        return _t("%(member)s to %(site)s: %(quantity)s blocks", {
            member: from.name,
            site: to.name,
            quantity: number(quantity),
        });
    }

    number(value) {
        return number(value);
    }

    open(flow) {
        const member = ["membership_id", "=", flow.member];
        this.props.onOpen({label: this.words(flow), domain: [member, ["build_id.site_id", "=", flow.site]]});
    }

    openSite(id, label) {
        this.props.onOpen({label, domain: [["build_id.site_id", "=", id]]});
    }
}
