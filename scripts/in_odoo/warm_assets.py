"""Compile the web client's bundles now, so that the first person to log in does not wait for it."""


def warm(env):
    env["ir.qweb"]._pregenerate_assets_bundles()
    env.cr.commit()
