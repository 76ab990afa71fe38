import {browser} from "@web/core/browser/browser";
import {router} from "@web/core/browser/router";
import {patch} from "@web/core/utils/patch";

// The same addresses as the web client's, below /workshop.
patch(router, {
    stateToUrl(state) {
        return super.stateToUrl(state).replace(/^\/odoo/, "/workshop");
    },
    urlToState(urlObj) {
        const url = new URL(urlObj.href);
        url.pathname = url.pathname.replace(/^\/workshop/, "/odoo");
        return super.urlToState(url);
    },
});

// The router read the address before it was patched.
router.replaceState(router.urlToState(new URL(browser.location)));
