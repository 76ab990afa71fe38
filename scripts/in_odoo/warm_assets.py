"""Compile the bundles of the first pages now, so that the first person to log in does not wait for it."""

FIRST_PAGES = {"web.assets_frontend", "web.assets_frontend_lazy", "web.assets_frontend_minimal", "web.assets_web"}


def warm(env):
    qweb = env["ir.qweb"]
    scripts, styles = (set(filter(_is_first, bundles)) for bundles in qweb._get_bundles_to_pregenarate())
    for bundle in sorted(scripts):
        qweb._get_asset_bundle(bundle, css=False, js=True).js()
    for bundle in sorted(styles):
        qweb._get_asset_bundle(bundle, css=True, js=False).css()
    env.cr.commit()


def _is_first(bundle):
    return bundle in FIRST_PAGES or bundle.startswith("wcm_")
