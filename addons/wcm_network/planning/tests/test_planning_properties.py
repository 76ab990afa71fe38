"""What holds for every valid problem, tried on problems that hypothesis makes up."""

# mypy: disable-error-code="untyped-decorator, import-not-found, import-untyped, no-any-return"
# Where lint runs, hypothesis need not be installed.
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planning import Result, check, solve
from planning.tests.planning_makers import problem

EASY = settings(
    max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
HOURS = st.sampled_from([0, 0.5, 1, 2.5])
COST = st.integers(0, 9)
FACILITIES, ITEMS, SITES, PERIODS = ("a", "b", "c"), ("x", "y"), ("s", "t"), 3


def facility(name: str) -> st.SearchStrategy[dict[str, Any]]:
    hours = st.lists(st.sampled_from([0, 1, 2, 4.5]), min_size=PERIODS, max_size=PERIODS)
    return st.fixed_dictionaries(
        {
            "id": st.just(name),
            "capacity": st.dictionaries(st.sampled_from(["cnc", "assembly"]), hours),
            "opening_cost": st.sampled_from([0, 0, 7]),
            "groups": st.lists(st.sampled_from(["g", "h"]), unique=True),
            "max_share": st.sampled_from([None, None, 0.6]),
        }
    )


def option(maker: str, item: str) -> st.SearchStrategy[dict[str, Any]]:
    work = st.dictionaries(st.sampled_from(["cnc", "assembly"]), HOURS)
    return st.fixed_dictionaries(
        {
            "facility": st.just(maker), "item": st.just(item), "unit_cost": COST, "hours": work,
            "setup_cost": st.sampled_from([0, 3]), "setup_hours": work, "first_article_cost": st.sampled_from([0, 4]),
            "min_batch": st.sampled_from([1, 1, 2]), "max_batch": st.sampled_from([None, None, 3]),
            "max_quantity": st.sampled_from([None, None, 5]),
        }
    )  # fmt: skip


@st.composite
def demand(draw: st.DrawFn, name: str) -> dict[str, Any]:
    release = draw(st.integers(0, PERIODS - 1))
    return {
        "id": name, "item": draw(st.sampled_from(ITEMS)), "quantity": draw(st.integers(1, 6)),
        "release": release, "due": draw(st.integers(release, PERIODS - 1)), "site": draw(st.sampled_from(SITES)),
        "single_source": draw(st.booleans()), "unmet_cost": draw(st.sampled_from([0, 8, 200])),
    }  # fmt: skip


def place(demands: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Where units were; perhaps they cannot be there any more."""
    return st.fixed_dictionaries(
        {
            "demand": st.sampled_from([row["id"] for row in demands]), "facility": st.sampled_from(FACILITIES),
            "period": st.integers(0, PERIODS - 1), "quantity": st.integers(1, 6),
        }
    )  # fmt: skip


def str_place(row: dict[str, Any]) -> str:
    return f"{row['demand']} {row['facility']} {row['period']}"


@st.composite
def problems(draw: st.DrawFn) -> dict[str, Any]:
    pairs = draw(st.lists(st.sampled_from([(f, i) for f in FACILITIES for i in ITEMS]), unique=True))
    carry = draw(st.lists(st.sampled_from([(f, s) for f in FACILITIES for s in SITES]), unique=True))
    policies = {
        "min_group_share": {"g": 0.5}, "max_facilities_per_demand": draw(st.integers(1, 3)), "carbon_price": 2,
        "move_cost": draw(st.sampled_from([0, 1, 500])),
    }  # fmt: skip
    demands = [draw(demand(f"d{index}")) for index in range(draw(st.integers(0, 4)))]
    kept = draw(st.lists(st.sampled_from(sorted(policies)), unique=True))
    return {
        "format": 1,
        "periods": PERIODS,
        "facilities": [draw(facility(name)) for name in FACILITIES],
        "items": [{"id": name, "holding_cost": draw(st.sampled_from([0, 0.5]))} for name in ITEMS],
        "demands": demands,
        "kept": draw(st.lists(place(demands), unique_by=str_place, max_size=4)) if demands else [],
        "options": [draw(option(*pair)) for pair in pairs],
        "transport": [
            {"facility": f, "site": s, "cost_per_unit": {"x": draw(COST)}, "kgco2e_per_unit": {"y": draw(COST)}}
            for f, s in carry
        ],
        "policies": {name: policies[name] for name in kept},
    }


def solved(data: dict[str, Any]) -> Result:
    return solve(problem(data), gap=0.0, seconds=20)


def locks(result: Result) -> list[dict[str, Any]]:
    names = ("demand", "facility", "period", "quantity")
    return [{name: getattr(line, name) for name in names} for line in result.lines]


@EASY
@given(problems())
def test_every_problem_gives_a_plan_that_the_checker_accepts(data: dict[str, Any]) -> None:
    result = solved(data)
    again = Result.from_json(result.to_json())
    check(problem(data), again)
    assert result.bound <= result.cost and result.status == "optimal"


@EASY
@given(problems())
def test_locking_the_answer_gives_it_again(data: dict[str, Any]) -> None:
    first = solved(data)
    again = solved(data | {"locks": locks(first)})
    assert again.cost == pytest.approx(first.cost, abs=1e-4)
    if data["demands"] and all(row["unmet_cost"] for row in data["demands"]) and not first.unplaced:
        assert locks(again) == locks(first)


@EASY
@given(problems())
def test_more_capacity_never_costs_more(data: dict[str, Any]) -> None:
    before = solved(data)
    roomy = [
        row | {"capacity": {name: [hours + 1 for hours in each] for name, each in row["capacity"].items()}}
        for row in data["facilities"]
    ]
    assert solved(data | {"facilities": roomy}).cost <= before.cost + 1e-4


@EASY
@given(problems(), st.randoms(use_true_random=False))
def test_another_order_of_the_input_costs_the_same(data: dict[str, Any], random: Any) -> None:
    names = ("facilities", "items", "demands", "options", "transport", "kept")
    shuffled = data | {name: random.sample(data[name], len(data[name])) for name in names}
    assert solved(shuffled).cost == pytest.approx(solved(data).cost, abs=1e-4)


@EASY
@given(problems())
def test_other_names_change_nothing_but_names(data: dict[str, Any]) -> None:
    demands = [row | {"id": f"home/{row['id']}"} for row in data["demands"]]
    kept = [row | {"demand": f"home/{row['demand']}"} for row in data["kept"]]
    renamed = data | {"demands": demands, "kept": kept}
    one, other = solved(data), solved(renamed)
    assert [row | {"demand": f"home/{row['demand']}"} for row in locks(one)] == locks(other)
    assert one.cost == other.cost


def moving(data: dict[str, Any], cost: float) -> dict[str, Any]:
    return data | {"policies": data["policies"] | {"move_cost": cost}}


@EASY
@given(problems())
def test_moving_that_costs_nothing_changes_nothing(data: dict[str, Any]) -> None:
    free, before = solved(moving(data, 0)), solved(data | {"kept": []})
    assert (locks(free), free.cost, free.costs.stability) == (locks(before), before.cost, 0)


@EASY
@given(problems(), st.sampled_from([0, 1, 500]))
def test_nothing_moves_where_nothing_has_changed(data: dict[str, Any], cost: float) -> None:
    before = solved(data | {"kept": []})
    again = solved(moving(data | {"kept": locks(before)}, cost))
    assert again.costs.stability == 0
    assert again.cost == pytest.approx(before.cost, abs=1e-4)
    if cost:
        stays = {str_place(row): row["quantity"] for row in locks(again)}
        assert all(stays[str_place(row)] >= row["quantity"] for row in locks(before))


@EASY
@given(problems())
def test_the_dearer_moving_is_the_less_moves_and_the_more_is_paid(data: dict[str, Any]) -> None:
    little, much = solved(moving(data, 1)), solved(moving(data, 5000))
    assert much.costs.stability / 5000 <= little.costs.stability + 1e-4
    assert much.cost - much.costs.stability >= little.cost - little.costs.stability - 1e-4
