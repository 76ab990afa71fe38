"""What bench/mapping.py measures, called inside Odoo with an environment."""

import json
import random
import threading
import time
from math import log
from statistics import linear_regression, median, quantiles

SEED = 0.42
REGIONS = 12
CALENDARS = 20
PROCESSES = 10
PAGE = 80
WEEKS = 52
REPEATS = 10
IMPORTED = 1000
HEAT = ["hours_capacity:sum", "hours_free:sum"]

# One region per column of the country; the spaces are spread evenly, two capabilities and two machines each.
SPACES = """
    SELECT setseed(%(seed)s);
    INSERT INTO wcm_facility (name, active, status, visibility, source, location_precision, organisation_type, latitude, longitude, region_id, published_precision, create_date, write_date)
         SELECT 'Space ' || n, TRUE, 'active', (ARRAY['public', 'network', 'private'])[1 + n %% 3], 'manual', 'exact', (ARRAY['sme', 'charity', 'education', 'cooperative', 'public_body'])[1 + n %% 5],
                50.2 + 6 * random(), -4.5 + 5.5 * random(), (%(regions)s::int[])[1 + n %% array_length(%(regions)s::int[], 1)],
                (ARRAY['exact', 'postcode_sector'])[1 + n %% 2], now(), now()
           FROM generate_series(1, %(count)s) AS n;
    UPDATE wcm_facility SET published_latitude = round(latitude, CASE published_precision WHEN 'exact' THEN 7 ELSE 2 END),
           published_longitude = round(longitude, CASE published_precision WHEN 'exact' THEN 7 ELSE 2 END), published_place = published_precision
     WHERE visibility = 'public' AND name LIKE 'Space %%';
    INSERT INTO wcm_capability (facility_id, process_id, region_id, active, envelope_x_mm, envelope_y_mm, envelope_z_mm, tolerance_mm,
                                minutes_per_hour, currency_id, machine_count, calendar_id, share_offered, evidence_level)
         SELECT id, (%(processes)s::int[])[1 + (id + 3 * k) %% array_length(%(processes)s::int[], 1)], region_id, TRUE,
                1000 + (2500 * random())::int, 600 + (1500 * random())::int, 100, 0.1 + random(),
                60, %(currency)s, 1 + id %% 3, (%(calendars)s::int[])[1 + id %% array_length(%(calendars)s::int[], 1)], 0.5,
                (ARRAY['declared', 'audited', 'demonstrated'])[1 + id %% 3]
           FROM wcm_facility, generate_series(0, 1) AS k WHERE name LIKE 'Space %%';
    INSERT INTO maintenance_equipment (name, effective_date, active, facility_id, process_id, quantity, condition, envelope_x_mm, envelope_y_mm, envelope_z_mm)
         SELECT jsonb_build_object('en_US', 'Machine'), CURRENT_DATE, TRUE, facility_id, process_id, 1, 'good', envelope_x_mm, envelope_y_mm, envelope_z_mm
           FROM wcm_capability WHERE facility_id IN (SELECT id FROM wcm_facility WHERE name LIKE 'Space %%');
    INSERT INTO %(relation)s (wcm_facility_id, wcm_process_id)
         SELECT facility_id, process_id FROM wcm_capability WHERE facility_id IN (SELECT id FROM wcm_facility WHERE name LIKE 'Space %%');
"""


def measure(env, questions, *sizes):
    """Print the table, one line per size, person and question."""
    _measure(env, sizes, lambda world: _measurements(env, world, int(questions)), lambda: [*_map_payloads(env), *_public_payloads(env)])


def measure_public(env, *sizes):
    """The same of the public map alone."""
    _measure(env, sizes, lambda world: _public_measurements(env), lambda: _public_payloads(env))


def _measure(env, sizes, measurements, payloads):
    world = _world(env)
    print(f"{'spaces':>8}  {'what':<44} {'database':>17} {'all':>17} {'growth':>7}")
    print(f"{'':>8}  {'':<44} {'median':>8} {'95 %':>8} {'median':>8} {'95 %':>8}")
    before, grown = {}, {}
    for size in map(int, sizes):
        _fill(env, world, size)
        for what, times in measurements(world):
            inside, whole = zip(*times, strict=True)
            growth = f"x{median(whole) / before[what]:.1f}" if what in before else ""
            before[what] = median(whole)
            grown.setdefault(what, []).append((size, median(whole)))
            figures = [median(inside), _most(inside), median(whole), _most(whole)]
            print(f"{size:>8,}  {what:<44} {' '.join(f'{1000 * figure:8.1f}' for figure in figures)} {growth:>7}", flush=True)
        for what, length in payloads():
            print(f"{size:>8,}  {what:<44} {length:>8,}", flush=True)
    _print_exponents(grown)


def _print_exponents(grown):
    """Time = constant x spaces ^ exponent, the straight line through the medians on logarithmic scales."""
    print("\nexponent: 0 does not grow with the number of spaces, 1 grows as it does")
    for what, points in grown.items():
        if len(points) > 1:
            slope = linear_regression(*zip(*[(log(size), log(seconds)) for size, seconds in points], strict=True)).slope
            print(f"{what:<54} {slope:8.2f}", flush=True)


def _world(env):
    """Regions with one coordinator in the first, and working calendars."""
    user = env["res.users"].create({"name": "Coordinator", "login": "bench", "group_ids": [(6, 0, env.ref("wcm_mapping.group_mapping_user").ids)]})
    regions = env["wcm.region"].create([{"name": f"Region {n}", "code": f"bench_{n}"} for n in range(REGIONS)])
    regions[0].coordinator_ids = user
    calendar = env.company.resource_calendar_id
    calendars = env["resource.calendar"].concat(*(calendar.copy({"name": f"Calendar {n}"}) for n in range(CALENDARS)))
    processes = env["wcm.process"].search([], limit=PROCESSES)
    _give_defaults_to_sql(env)
    env.cr.commit()
    return {"user": user, "regions": regions, "calendars": calendars, "processes": processes}


def _give_defaults_to_sql(env):
    """Required columns that SPACES does not name take Odoo's own defaults, also those that come later."""
    for model in ("wcm.facility", "wcm.capability", "maintenance.equipment"):
        table = env[model]._table
        for name, value in env[model].default_get([n for n, field in env[model]._fields.items() if field.required and field.column_type]).items():
            env.cr.execute(f"ALTER TABLE {table} ALTER COLUMN {name} SET DEFAULT %s", [value])  # names of our own


def _fill(env, world, size):
    """The same spaces every time; those of the size before are removed first."""
    relation = env["wcm.facility"]._fields["process_ids"].relation
    for table in (relation, "maintenance_equipment", "wcm_capability", "wcm_facility"):
        env.cr.execute(f"TRUNCATE {table} CASCADE")  # a scratch database; names of our own
    lists = {name: world[name].ids for name in ("regions", "processes", "calendars")}
    values = {**lists, "seed": SEED, "count": size, "currency": env.ref("base.GBP").id}
    env.cr.execute(SPACES.replace("%(relation)s", relation), values)
    env.cr.commit()
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE")
    env.cr._cnx.autocommit = False
    env.invalidate_all()


def _measurements(env, world, questions):
    """[(what, [(seconds in the database, seconds in all)])]."""
    manager, coordinator = env(user=env.ref("base.user_admin").id), env(user=world["user"].id)
    for who, person in (("manager", manager), ("coordinator", coordinator)):
        yield f"finder, 60 km, hours asked, {who}", _finder(person, world, questions, radius_km=60)
        yield f"finder, anywhere, hours asked, {who}", _finder(person, world, questions // 3, radius_km=0)
        spaces = person["wcm.capability"].search([], limit=PAGE).facility_id
        yield f"capacity, {PAGE} spaces x {WEEKS} weeks, {who}", _repeat(lambda e=person, s=spaces: _capacity(e, s))
        yield f"heat map as it opens, {who}", _repeat(lambda e=person: _heat(e))
        yield f"list of spaces, first {PAGE} and count, {who}", _repeat(lambda e=person: _list(e))
        yield from _map_measurements(person, who)
    yield from _public_measurements(env)
    yield f"import, {IMPORTED:,} more spaces from CSV, manager", [_import(manager)]


def _import(env):
    """Preview and apply, duplicates looked for among all there are; nothing stays."""
    dice = random.Random(1)
    lines = [f"Newcomer {n},{dice.uniform(50.5, 56):.5f},{dice.uniform(-4.4, 0.9):.5f},GB" for n in range(IMPORTED)]
    content = "\n".join(["name,latitude,longitude,country", *lines]).encode()
    with env.cr.savepoint() as savepoint:
        times = _timed(env, lambda: env["wcm.facility.import"]._import_bytes(content, "csv", "bench", "CC0-1.0", "Bench"))
        savepoint.rollback()
    env.invalidate_all()
    return times


def _finder(env, world, questions, **values):
    """Seeded questions: anywhere in the country, any of the processes, some turned, some too large."""
    dice = random.Random(int(SEED * 100))
    asked = env["wcm.capability.search"].create(
        [
            {
                "process_id": dice.choice(world["processes"].ids),
                "size_x_mm": dice.choice([600, 1220, 2440]),
                "size_y_mm": dice.choice([600, 1220]),
                "size_z_mm": 18,
                "tolerance_mm": 0.5,
                "hours_needed": 20,
                "latitude": dice.uniform(50.5, 56),
                "longitude": dice.uniform(-4.4, 0.9),
                **values,
            }
            for _n in range(questions)
        ]
    )
    return [_timed(env, question._answers) for question in asked]


def _capacity(env, spaces):
    """What the heat map reads of these spaces with its filter “Next 52 Weeks”."""
    domain = [("facility_id", "in", spaces.ids), *_weeks(WEEKS)]
    env["wcm.capacity"].formatted_read_group(domain, ["facility_id", "week_start:day"], HEAT)


def _heat(env):
    """The heat map as it opens: 8 weeks of whatever the person may see, as many as are shown."""
    env["wcm.capacity"].formatted_read_group(_weeks(8), ["facility_id", "week_start:day"], HEAT, limit=2001)


def _weeks(count):
    return [("week_start", ">=", "today -monday"), ("week_start", "<", f"today -monday +{count}w")]


def _list(env):
    env["wcm.facility"].web_search_read([], {"name": {}, "city": {}, "region_id": {"fields": {"display_name": {}}}}, limit=PAGE)


# What a window of 1366 x 900 shows of the map: south, west, north, east and zoom.
MAP_WINDOWS = {"country": ((48.5, -9.5, 58.5, 6.5), 5), "region": ((50.9, -4.0, 52.9, -0.7), 8), "town": ((51.3, -3.0, 51.6, -2.2), 10)}


def _map_measurements(env, who):
    """The map view: opening it, each window, and the list beside it."""
    spaces = env["wcm.facility"]
    yield f"map, opening, {who}", _repeat(lambda: spaces.wcm_map_open([]))
    for name, (box, zoom) in MAP_WINDOWS.items():
        yield f"map, window of a {name}, {who}", _repeat(lambda box=box, zoom=zoom: spaces.wcm_map_marks([], box, zoom))
    free = {"name": "free_hours", "weeks": 4}
    for name in ("region", "town"):
        box, zoom = MAP_WINDOWS[name]
        yield f"map, {name} by free hours, {who}", _repeat(lambda box=box, zoom=zoom: spaces.wcm_map_marks([], box, zoom, color=free))
    box, _zoom = MAP_WINDOWS["region"]
    yield f"map, list of a region by distance, {who}", _repeat(lambda: spaces.wcm_map_list([], box, centre=(52, -2)))


def _map_payloads(env):
    """[(what, bytes)] of what the browser of a manager is sent for a map."""
    spaces = env(user=env.ref("base.user_admin").id)["wcm.facility"]
    answers = {"opening": spaces.wcm_map_open([])}
    for name, (box, zoom) in MAP_WINDOWS.items():
        answers[f"window of a {name}"] = spaces.wcm_map_marks([], box, zoom)
    return [(f"map, {what}, bytes sent", len(json.dumps(answer))) for what, answer in answers.items()]


PUBLIC_REPEATS = 40
PUBLIC_PAGE = 50


def _public_measurements(env):
    """What strangers ask: the map as it opens, windows with and without filters, the list beside it."""
    spaces = env["wcm.facility"].sudo()
    for what, action in _public_questions(spaces).items():
        yield f"public map, {what}", [_timed(env, action) for _n in range(PUBLIC_REPEATS)]
    box, _zoom = MAP_WINDOWS["region"]
    inside = spaces._published_domain() & spaces._published_box_domain(box)
    for what, domain in {"all": spaces._published_domain(), "a region": inside}.items():
        yield f"public list of {what}, {PUBLIC_PAGE} and count", _repeat(lambda d=domain: (spaces.search(d, limit=PUBLIC_PAGE), spaces.search_count(d)))
    yield "public page, processes to choose from", _repeat(spaces._published_processes)


def _public_questions(spaces):
    """{what: the question}; a third of the spaces are public, half of those by postcode sector."""
    everything, code = spaces._published_domain(), spaces.env["wcm.process"].search([], limit=1).code
    filtered = {"process": spaces._published_domain(process=code), "text": spaces._published_domain(text="Space 12")}
    questions = {"opening": lambda: spaces._published_opening(everything)}
    for name, (box, zoom) in MAP_WINDOWS.items():
        questions[f"window of a {name}"] = lambda box=box, zoom=zoom: spaces._published_window(everything, box, zoom)
    box, zoom = MAP_WINDOWS["country"]
    for name, domain in filtered.items():
        questions[f"window of a country, by {name}"] = lambda domain=domain: spaces._published_window(domain, box, zoom)
    return questions


def _public_payloads(env):
    """[(what, bytes)] as /spaces/points.json sends them, before gzip; outlines of regions come with the opening."""
    questions = _public_questions(env["wcm.facility"].sudo())
    return [(f"public map, {what}, bytes sent", len(json.dumps(ask(), separators=(",", ":")))) for what, ask in questions.items()]


def _repeat(action):
    return [_timed(None, action) for _n in range(REPEATS)]


def _timed(env, action):
    """Seconds in the database and in all, from an empty cache."""
    if env is not None:
        env.invalidate_all()
    thread = threading.current_thread()
    thread.query_count, thread.query_time = 0, 0.0
    started = time.perf_counter()
    action()
    return thread.query_time, time.perf_counter() - started


def _most(times):
    return quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
