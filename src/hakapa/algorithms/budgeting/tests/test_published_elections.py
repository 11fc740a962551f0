"""Elections that were really held, beside pabutools, where the published files are at hand."""

import lzma
from functools import cache
from pathlib import Path

import pytest

from hakapa.algorithms.budgeting.pabulib import parse_pb, read_pb
from hakapa.algorithms.budgeting.result import Terms, fund
from hakapa.algorithms.budgeting.tests.agreement import (
    SATISFACTION,
    peer_winners,
    same_with_their_borda,
)

FOLDER = Path(__file__).parents[6] / "shared" / "algorithms" / "pabulib"
needs_files = pytest.mark.skipif(not FOLDER.is_dir(), reason="the published elections are not here")
SMALL = 4_000  # bytes of the compressed file: larger ones take pabutools seconds to hours


@cache
def text_of(path):
    return lzma.decompress(path.read_bytes()).decode("utf-8-sig")


def small_files():
    files = sorted(FOLDER.glob("*.pb.xz"), key=lambda path: path.stat().st_size)
    return [path for path in files if path.stat().st_size < SMALL][::5]


@needs_files
@pytest.mark.parametrize(
    ("name", "cost", "count"),
    [
        ("Netherlands_Assen_2024", 76_700, 9),
        ("Poland_Wieliczka_2023_Green_Budget", 995_079, 30),
        ("Poland_Swiecie_2023", 1_040_337, 17),
    ],
)
def test_pure_add1_gives_what_was_really_decided(name, cost, count):
    path = FOLDER / f"{name}.pb.xz"
    if not path.exists():
        pytest.skip(f"{path.name} is not among the published elections here")
    election = read_pb(path)
    result = fund(election, Terms(completion="add1"))
    selected = {p.id for p in election.projects if dict(p.columns).get("selected") == "1"}
    assert result.cost == cost
    assert len(result.winners) == count
    assert set(result.winners) == selected


@needs_files
def test_add1_and_add1_exhaustive_are_two_rules():
    election = read_pb(FOLDER / "Poland_Wieliczka_2023_Green_Budget.pb.xz")
    result = fund(election, Terms(completion="add1-exhaustive"))
    assert result.cost == 984_579
    assert len(result.winners) == 31


@needs_files
def test_every_published_file_is_read():
    for path in FOLDER.glob("*.pb.xz"):
        election = read_pb(path)
        told = dict(election.meta)
        assert told["num_projects"] == str(len(election.projects))
        assert told["num_votes"] == str(len(election.voter_ids))


@needs_files
@pytest.mark.parametrize("path", small_files(), ids=lambda path: path.name.split(".")[0][:50])
def test_winners_are_those_of_pabutools(path):
    pytest.importorskip("pabutools")
    election = parse_pb(text_of(path))
    own = {"cumulative": ["score"], "ordinal": ["borda"]}.get(election.vote_type, [])
    for utility in ["cost", "cardinality", *own]:
        for completion in ("none", "add1-exhaustive"):
            terms = Terms(utility=utility, completion=completion, ties="name")
            winners = set(fund(election, terms).winners)
            theirs = peer_winners(text_of(path), utility, completion)
            if utility == "borda":
                assert same_with_their_borda(text_of(path), completion, theirs)
            else:
                assert winners == theirs


def test_pabutools_knows_every_utility():
    pytest.importorskip("pabutools")
    assert set(SATISFACTION) == {"cost", "cardinality", "score", "borda"}


def as_file(budget, costs, *ballots):
    head = f"META\nkey;value\nbudget;{budget}\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
    projects = "".join(f"{name};{cost}\n" for name, cost in costs.items())
    votes = "".join(f"{n};{','.join(ballot)}\n" for n, ballot in enumerate(ballots))
    return f"{head}{projects}VOTES\nvoter_id;vote\n{votes}"


def test_floats_elect_nothing_where_all_want_one_project_for_the_whole_budget():
    pytest.importorskip("pabutools")
    text = as_file(1, {"a": 1}, *["a"] * 10)
    assert peer_winners(text, "cost", "none", floats=True) == set()
    assert fund(parse_pb(text)).winners == ("a",)


def test_the_number_of_winners_is_not_limited():
    costs = {f"p{number}": 1 for number in range(1200)}
    result = fund(parse_pb(as_file(1200, costs, tuple(costs), tuple(costs))))
    assert len(result.winners) == 1200


def test_points_of_a_project_named_twice_add_up_here_and_the_last_counts_there():
    pytest.importorskip("pabutools")
    text = as_file(10, {"a": 6, "b": 6}).replace("approval", "cumulative")
    text = text.replace("voter_id;vote", "voter_id;vote;points") + "1;a,a,b;4,1,3\n"
    assert fund(parse_pb(text), Terms(utility="score")).winners == ("a",)
    assert peer_winners(text, "score", "none") == {"b"}
