import {describe, expect, test} from "@odoo/hoot";
import {moved, rounded, STEP, STRIDE} from "@wcm_mapping/map_point/pin";

describe.current.tags("headless");

/** A map of one pixel to the degree. */
const map = {
    latLngToContainerPoint: ({lat, lng}) => ({x: lng, y: -lat}),
    containerPointToLatLng: ([x, y]) => ({lat: -y, lng: x}),
};

test("an arrow key moves the pin a step its way", () => {
    expect(moved(map, {lat: 50, lng: 0}, "ArrowUp", false)).toEqual({lat: 50 + STEP, lng: 0});
    expect(moved(map, {lat: 50, lng: 0}, "ArrowLeft", false)).toEqual({lat: 50, lng: -STEP});
});

test("with Shift it goes further", () => {
    expect(moved(map, {lat: 50, lng: 0}, "ArrowDown", true)).toEqual({lat: 50 - STRIDE, lng: 0});
});

test("another key does nothing to it", () => {
    expect(moved(map, {lat: 50, lng: 0}, "Tab", false)).toBe(null);
});

test("a place is written to ten centimetres", () => {
    expect(rounded(51.45450049)).toBe(51.4545);
});
