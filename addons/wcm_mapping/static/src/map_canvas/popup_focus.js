const within = (popup) => popup.getElement()?.contains(document.activeElement);

/** Puts the focus on the first thing that a pop-up offers. */
export function focusPopup(popup) {
    popup.getElement()?.querySelector("a[href], button")?.focus({preventScroll: true});
}

/** Other content for a pop-up that is open; whoever stood in it stands in it still. */
export function renewPopup(popup, content) {
    const stood = within(popup);
    popup.setContent(content);
    if (stood) {
        focusPopup(popup);
    }
}

/**
 * A pop-up takes the focus, Escape closes it, and the focus goes back to where it came from: without a pointer there
 * would be all the pins between the one that was chosen and what it opened.
 *
 * @param {L.Map} map
 */
export function followPopups(map) {
    let opener = null;
    map.on("popupopen", ({popup}) => {
        opener = document.activeElement;
        popup.getElement().onkeydown = (event) => {
            if (event.key === "Escape") {
                event.stopPropagation();
                map.closePopup(popup);
            }
        };
        focusPopup(popup);
    });
    map.on("popupclose", ({popup}) => {
        if (within(popup)) {
            const back = opener?.isConnected ? opener : map.getContainer();
            back.focus({preventScroll: true});
        }
    });
}
