import {_t} from "@web/core/l10n/translation";

/** The ring of a cluster: a share of each group's colour. */
export function clusterRing(counts, groups, total) {
    let from = 0;
    const slices = groups
        .filter(({value}) => counts[value])
        .map(({value, color}) => {
            const to = from + (100 * counts[value]) / total;
            const slice = `${color} ${from.toFixed(1)}% ${to.toFixed(1)}%`;
            from = to;
            return slice;
        });
    return `conic-gradient(${slices.join(", ")})`;
}

function addCounts(sum, {total, counts}) {
    sum.total += total;
    // A copy: supercluster shares nested objects between zoom levels.
    sum.counts = {...sum.counts};
    for (const value in counts) {
        sum.counts[value] = (sum.counts[value] || 0) + counts[value];
    }
}

/** @param {Object} mark a point, or a cluster that the server has counted */
function toFeature(mark) {
    return {
        type: "Feature",
        properties: mark,
        geometry: {type: "Point", coordinates: [mark.longitude, mark.latitude]},
    };
}

/** Whether it stands for several points: put together here, or by the server. */
function isCluster({cluster, counts}) {
    return Boolean(cluster || counts);
}

function contains([south, west, north, east], bounds) {
    return (
        south <= bounds.getSouth() && west <= bounds.getWest() && north >= bounds.getNorth() && east >= bounds.getEast()
    );
}

/** The box to ask for: what is in sight and some of what lies around it. */
function boxAround(bounds) {
    const wide = bounds.pad(0.3);
    return [wide.getSouth(), wide.getWest(), wide.getNorth(), wide.getEast()];
}

function clusterSize(count) {
    return count < 10 ? 38 : count < 100 ? 44 : 52;
}

/**
 * Points on a Leaflet map, clustered; only what is in sight is in the page.
 */
export class ClusterLayer {
    /**
     * @param {L.Map} map
     * @param {(points: Object[], latlng: L.LatLng) => void} onSelect called with one point, or
     *  with several that no zoom can tell apart
     */
    constructor(map, onSelect) {
        this.map = map;
        this.onSelect = onSelect;
        this.markers = new Map();
        this.highlighted = null;
        map.on("moveend", () => this.draw());
    }

    /** All points at once, clustered here. */
    setPoints(points, groups) {
        this.readMarks = null;
        this.forgetWindow();
        this.setGroups(groups);
        this.setIndex(points);
        this.clear();
        this.paint();
    }

    /**
     * More points than a page can hold: the server counts them for each window.
     *
     * @param {(box: number[], zoom: number) => Promise<Object[]>} readMarks points, and clusters with `counts`
     */
    setSource(readMarks, groups) {
        this.readMarks = readMarks;
        this.window = null;
        // Pins that are here already wear the letters and colours of before.
        this.isStale ||= groups !== this.groups;
        this.setGroups(groups);
        return this.draw();
    }

    setGroups(groups) {
        this.groups = groups;
        this.groupOf = new Map(groups.map((group) => [group.value, group]));
    }

    setIndex(marks) {
        this.index = new Supercluster({
            radius: 50,
            extent: 256, // Leaflet's tile size, so that the radius is in pixels
            maxZoom: this.map.getMaxZoom(),
            map: ({group, counts, total}) => (counts ? {counts, total} : {counts: {[group]: 1}, total: 1}),
            reduce: addCounts,
        }).load(marks.map(toFeature));
    }

    clear() {
        this.markers.forEach((marker) => marker.remove());
        this.markers.clear();
    }

    async draw() {
        if (this.readMarks && !this.isRead()) {
            await this.read();
        } else {
            this.paint();
        }
    }

    /** Whether the last answer still covers what is in sight. */
    isRead() {
        return this.window?.zoom === Math.floor(this.map.getZoom()) && contains(this.window.box, this.map.getBounds());
    }

    /** What was drawn stays until the answer is there; one that a later question overtook is dropped. */
    async read() {
        const wanted = {box: boxAround(this.map.getBounds()), zoom: Math.floor(this.map.getZoom())};
        this.window = wanted;
        this.map.getContainer().setAttribute("aria-busy", "true");
        const marks = await this.readMarks(wanted.box, wanted.zoom).catch((error) => {
            if (this.window === wanted) {
                this.forgetWindow();
            }
            throw error;
        });
        if (this.window === wanted && this.map.getPane("mapPane")) {
            this.map.getContainer().removeAttribute("aria-busy");
            this.setIndex(marks);
            this.paintAnew();
        }
    }

    /** Nothing is waited for, and the next move asks again. */
    forgetWindow() {
        this.window = null;
        this.map.getContainer().removeAttribute("aria-busy");
    }

    paintAnew() {
        if (this.isStale) {
            this.clear();
            this.isStale = false;
        }
        this.paint();
    }

    /** Adds what came into sight and removes what left; what stays keeps focus and pop-up. */
    paint() {
        const seen = new Map(this.featuresInSight().map((feature) => [this.keyOf(feature), feature]));
        const focused = document.activeElement;
        for (const [key, marker] of this.markers) {
            if (!seen.has(key)) {
                this.drop(key, marker, focused);
            }
        }
        for (const [key, feature] of seen) {
            if (!this.markers.has(key)) {
                this.markers.set(key, this.addMarker(feature));
            }
        }
        const latlngs = [...this.markers.values()].map((marker) => marker.getLatLng());
        this.map.fire("markersdrawn", {latlngs});
        this.highlight(this.highlighted);
    }

    /** Whoever stood on a marker that vanishes stands on the map then, not nowhere. */
    drop(key, marker, focused) {
        if (marker.getElement() === focused) {
            this.map.getContainer().focus({preventScroll: true});
        }
        marker.remove();
        this.markers.delete(key);
    }

    /** Marks the pin of a point, or the cluster that holds it; null for none. */
    highlight(point) {
        this.highlighted = point;
        const marker = point && this.nearestMarker(point);
        for (const other of this.markers.values()) {
            other.getElement()?.classList.toggle("o_wcm_map_highlight", other === marker);
        }
    }

    nearestMarker({id, latitude, longitude}) {
        const place = this.map.latLngToLayerPoint([latitude, longitude]);
        const near = ([key, marker]) =>
            key.startsWith(`point ${id} `) ? -1 : place.distanceTo(this.map.latLngToLayerPoint(marker.getLatLng()));
        const nearest = [...this.markers].sort((a, b) => near(a) - near(b))[0];
        // A cluster gathers what lies within its radius and some more.
        return nearest && near(nearest) < 80 ? nearest[1] : null;
    }

    featuresInSight() {
        if (!this.index) {
            return [];
        }
        const bounds = this.map.getBounds().pad(0.2);
        const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
        return this.index.getClusters(box, Math.floor(this.map.getZoom()));
    }

    keyOf({properties, geometry}) {
        const {id, total, counts} = properties;
        return isCluster(properties)
            ? `cluster ${geometry.coordinates} ${total} ${Object.entries(counts)}`
            : `point ${id} ${geometry.coordinates}`;
    }

    addMarker(feature) {
        const {properties, geometry} = feature;
        const [longitude, latitude] = geometry.coordinates;
        const {icon, label} = isCluster(properties) ? this.clusterLook(properties) : this.pointLook(properties);
        const marker = L.marker([latitude, longitude], {icon, title: label, riseOnHover: true});
        marker.on("click", () => this.onClick(properties, marker));
        // Leaflet makes a marker a button, but leaves its keys to whoever listens.
        marker.on("keypress", ({originalEvent: event}) => {
            if (event.key === "Enter" || event.key === " ") {
                event.preventDefault();
                this.onClick(properties, marker);
            }
        });
        marker.addTo(this.map);
        marker.getElement().setAttribute("aria-label", label);
        return marker;
    }

    pointLook({group, title, approximate}) {
        const {code, color, label} = this.groupOf.get(group) || {};
        const html = document.createElement("div");
        html.className = `o_wcm_map_pin ${approximate ? "o_wcm_map_approximate" : ""}`;
        html.style.setProperty("--pin-color", color);
        html.textContent = code || "";
        const icon = L.divIcon({className: "", html, iconSize: [30, 30]});
        return {icon, label: label ? `${title} (${label})` : title};
    }

    clusterLook({total: count, counts}) {
        const size = clusterSize(count);
        const html = document.createElement("div");
        html.className = "o_wcm_map_cluster h-100";
        html.style.background = clusterRing(counts, this.groups, count);
        html.appendChild(document.createElement("span")).textContent = count;
        const icon = L.divIcon({className: "", html, iconSize: [size, size]});
        return {icon, label: _t("%s places close together: zoom in", count)};
    }

    onClick(properties, marker) {
        if (!isCluster(properties)) {
            return this.onSelect([properties], marker.getLatLng());
        }
        const zoom = this.zoomThatParts(properties);
        if (zoom > this.map.getMaxZoom()) {
            return this.onSelect(this.pointsOf(properties), marker.getLatLng());
        }
        this.map.setView(marker.getLatLng(), zoom);
    }

    /** The zoom at which a cluster falls apart; of one that the server has counted, a guess. */
    zoomThatParts({cluster, cluster_id: id}) {
        if (cluster && !this.readMarks) {
            return this.index.getClusterExpansionZoom(id);
        }
        const {map} = this;
        return map.getZoom() < map.getMaxZoom() ? Math.min(map.getZoom() + 2, map.getMaxZoom()) : Infinity;
    }

    /** The points of a cluster, as far as they are here. */
    pointsOf({cluster, cluster_id: id}) {
        const leaves = cluster ? this.index.getLeaves(id, Infinity) : [];
        return leaves.map((leaf) => leaf.properties).filter((mark) => !isCluster(mark));
    }
}
