/**
 * Screens by the first word of their address: {title(app, ...rest), draw(app, ...rest), back}.
 * `draw` gives the elements of the screen; `back` is the address that the arrow leads to.
 */
export const screens = {};
