import {onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {session} from "@web/session";
import {createMap, loadMapLibraries} from "../map_canvas/map_canvas";

/**
 * A map in the element `t-ref="map"`, drawn anew when what it shows changes.
 *
 * @param {Function} shown gives what is to be drawn
 * @param {Function} draw takes the empty map and what `shown` gave
 * @returns {Object} `ready` once there is a map to draw on
 */
export function useMap(shown, draw) {
    const ref = useRef("map");
    const state = useState({ready: false});
    let map = null;
    const redraw = (el, what) => {
        map?.remove();
        map = el && createMap(el, session.wcm_map, {scrollWheelZoom: false, dragging: !L.Browser.mobile});
        if (map) {
            draw(map, what);
        }
    };
    loadMapLibraries().then(() => (state.ready = true));
    useEffect(redraw, () => [ref.el, shown()]);
    onWillUnmount(() => map?.remove());
    return state;
}
