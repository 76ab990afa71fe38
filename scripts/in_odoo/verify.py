"""Every history of a part against its hashes: `make verify`. Broken ones are named, and the exit code says so."""


def verify(env):
    broken = env["wcm.part"]._verify_histories()
    env.cr.commit()  # what was found stays, also when this ends with an error
    for part, event in broken.items():
        print(f"{part.name}: “{event._step_label()}” of {event.event_time} does not follow from the step before")
    print(f"{env['wcm.part'].search_count([])} parts, {env['wcm.part.event'].search_count([])} steps: {len(broken)} broken")
    if broken:
        raise SystemExit(f"{len(broken)} histories are broken.")
