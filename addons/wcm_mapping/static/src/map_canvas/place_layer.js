/**
 * Places of another kind among the points: squares, each a button.
 *
 * @param {[number, string, number, number][]} rows id, title, latitude and longitude
 * @param {string} kind what they are, for whoever cannot see the square
 * @param {(id: number, title: string, latlng: L.LatLng) => void} onSelect
 * @returns {L.LayerGroup}
 */
export function placeLayer(rows, kind, onSelect) {
    return L.layerGroup(
        rows.map(([id, title, latitude, longitude]) => {
            const label = `${title} (${kind})`;
            const html = `<i class="o_wcm_map_place fa fa-home"></i>`;
            const icon = L.divIcon({className: "", html, iconSize: [30, 30]});
            const marker = L.marker([latitude, longitude], {icon, title: label, riseOnHover: true, zIndexOffset: 500});
            const select = () => onSelect(id, title, marker.getLatLng());
            marker.on("click", select);
            marker.on("keypress", ({originalEvent: event}) => {
                if (event.key === "Enter" || event.key === " ") {
                    event.preventDefault();
                    select();
                }
            });
            marker.on("add", () => marker.getElement().setAttribute("aria-label", label));
            return marker;
        }),
    );
}
