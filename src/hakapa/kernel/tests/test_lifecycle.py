import pytest

from hakapa.kernel.lifecycle import Lifecycle, Move, MoveNotAllowedError, TooLateError

OPEN = Move("open", "shut", "ajar", "opened the door")
PUSH = Move("push", "ajar", "wide", "pushed the door")
SLAM = Move("slam", "wide", "shut", "shut the door")
BLOW = Move("blow", "ajar", "shut", "was blown shut", consequence=True)
DOOR = Lifecycle(OPEN, PUSH, SLAM, BLOW)


def test_a_lifecycle_lists_its_moves_in_the_order_they_were_told():
    assert list(DOOR) == [OPEN, PUSH, SLAM, BLOW]


@pytest.mark.parametrize("move", [OPEN, PUSH, SLAM, BLOW])
def test_a_move_is_found_by_where_it_starts_and_its_name(move):
    assert DOOR.find(move.source, move.name) is move


@pytest.mark.parametrize(("state", "name"), [("shut", "push"), ("gone", "open"), ("shut", "fly")])
def test_a_move_that_does_not_start_there_is_refused(state, name):
    with pytest.raises(MoveNotAllowedError, match=f"^cannot {name} from {state}$"):
        DOOR.find(state, name)


def test_a_refused_move_came_too_late():
    assert issubclass(MoveNotAllowedError, TooLateError)


def test_a_name_finds_its_move_and_an_unknown_one_nothing():
    assert (DOOR.named("push"), DOOR.named("fly")) == (PUSH, None)


@pytest.mark.parametrize(
    ("state", "moves"), [("shut", ["open"]), ("ajar", ["push"]), ("wide", ["slam"]), ("gone", [])]
)
def test_a_person_is_offered_no_consequence(state, moves):
    assert DOOR.open_moves(state) == moves


def test_a_lifecycle_draws_itself():
    assert DOOR.as_mermaid().splitlines() == [
        "stateDiagram-v2",
        "    shut --> ajar: open",
        "    ajar --> wide: push",
        "    wide --> shut: slam",
        "    ajar --> shut: blow",
    ]
