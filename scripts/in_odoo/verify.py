"""Every history of a part against its hashes and its end: `make verify`. Broken ones are named, and the exit code says so."""


def verify(env):
    broken = env["wcm.part"]._verify_histories()
    env.cr.commit()  # what was found stays, also when this ends with an error
    parts = env["wcm.part"].browse([part.id for part in broken])
    for part, words in parts._broken_words(broken).items():
        print(f"{words}, at {broken[part].event_time}" if broken[part] else words)
    print(f"{env['wcm.part'].search_count([])} parts, {env['wcm.part.event'].search_count([])} steps: {len(broken)} broken")
    if broken:
        raise SystemExit(f"{len(broken)} histories are broken.")
