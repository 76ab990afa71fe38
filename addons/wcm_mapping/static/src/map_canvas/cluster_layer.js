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

function addCounts(sum, {counts}) {
    // A copy: supercluster shares nested objects between zoom levels.
    sum.counts = {...sum.counts};
    for (const value in counts) {
        sum.counts[value] = (sum.counts[value] || 0) + counts[value];
    }
}

function toFeature(point) {
    return {
        type: "Feature",
        properties: point,
        geometry: {type: "Point", coordinates: [point.longitude, point.latitude]},
    };
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
        map.on("moveend", () => this.draw());
    }

    setPoints(points, groups) {
        this.groups = groups;
        this.groupOf = new Map(groups.map((group) => [group.value, group]));
        this.index = new Supercluster({
            radius: 40,
            extent: 256, // Leaflet's tile size, so that the radius is in pixels
            maxZoom: this.map.getMaxZoom(),
            map: ({group}) => ({counts: {[group]: 1}}),
            reduce: addCounts,
        }).load(points.map(toFeature));
        this.markers.forEach((marker) => marker.remove());
        this.markers.clear();
        this.draw();
    }

    /** Adds what came into sight and removes what left; what stays keeps focus and pop-up. */
    draw() {
        const seen = new Map(this.featuresInSight().map((feature) => [this.keyOf(feature), feature]));
        for (const [key, marker] of this.markers) {
            if (!seen.has(key)) {
                marker.remove();
                this.markers.delete(key);
            }
        }
        for (const [key, feature] of seen) {
            if (!this.markers.has(key)) {
                this.markers.set(key, this.addMarker(feature));
            }
        }
        const latlngs = [...this.markers.values()].map((marker) => marker.getLatLng());
        this.map.fire("markersdrawn", {latlngs});
    }

    featuresInSight() {
        if (!this.index) {
            return [];
        }
        const bounds = this.map.getBounds().pad(0.2);
        const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
        return this.index.getClusters(box, Math.floor(this.map.getZoom()));
    }

    keyOf({properties}) {
        return properties.cluster ? `cluster ${properties.cluster_id}` : `point ${properties.id}`;
    }

    addMarker(feature) {
        const {properties, geometry} = feature;
        const [longitude, latitude] = geometry.coordinates;
        const {icon, label} = properties.cluster ? this.clusterLook(properties) : this.pointLook(properties);
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

    clusterLook({point_count: count, counts}) {
        const size = clusterSize(count);
        const html = document.createElement("div");
        html.className = "o_wcm_map_cluster h-100";
        html.style.background = clusterRing(counts, this.groups, count);
        html.appendChild(document.createElement("span")).textContent = count;
        const icon = L.divIcon({className: "", html, iconSize: [size, size]});
        return {icon, label: _t("%s places close together: zoom in", count)};
    }

    onClick(properties, marker) {
        if (!properties.cluster) {
            return this.onSelect([properties], marker.getLatLng());
        }
        const zoom = this.index.getClusterExpansionZoom(properties.cluster_id);
        if (zoom > this.map.getMaxZoom()) {
            const leaves = this.index.getLeaves(properties.cluster_id, Infinity);
            this.onSelect(
                leaves.map((leaf) => leaf.properties),
                marker.getLatLng(),
            );
        } else {
            this.map.setView(marker.getLatLng(), zoom);
        }
    }
}
