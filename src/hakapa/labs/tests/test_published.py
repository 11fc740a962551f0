"""No published number is about fewer than five people, and none can be worked out to be."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakapa.labs import actions, queries, tasks
from hakapa.labs.models import Criterion, Dots, OpinionMap, Participant, Perspective, Rating
from hakapa.labs.tests.factories import ContributionFactory, LabFactory, ParticipantFactory
from hakapa.labs.tests.rooms import answer

pytestmark = pytest.mark.django_db
SMALL = range(1, queries.SMALLEST_CELL)
A_ROOM = st.lists(
    st.tuples(
        st.sampled_from(["", *Perspective.values]),
        st.lists(st.sampled_from([None, -1, 0, 1]), min_size=4, max_size=4),
    ),
    max_size=22,
)


def held(room):
    """A closed lab in which each of the room answered so."""
    lab = LabFactory.create(state="closed", challenges=[])
    seats = Participant.objects.bulk_create(
        ParticipantFactory.build(lab=lab, perspective=perspective) for perspective, _ in room
    )
    statements = ContributionFactory.create_batch(4, lab=lab, challenge=None)
    answer(lab, seats, statements, lambda number, place: room[number][1][place])
    tasks.draw_map.call(lab.pk)
    return lab


def tables(lab):
    """Every published table that counts people: the total if it is told, and the cells told."""
    size = queries.published_size(lab)
    yield "people", size.people, [one.people for one in queries.perspectives(lab) if one.people]
    totals = {}
    for s in queries.published_statements(lab):
        if s.agree is not None:
            totals[s.pk] = s.agree + s.disagree + s.passed
            yield "statement", totals[s.pk], [totals[s.pk]]
    yield "answers", size.votes, [n for n in totals.values() if n]
    shown = OpinionMap.objects.get(lab=lab).shown
    for division in ("groups", "sectors"):
        parts = shown.get(division, [])
        if division == "groups" and parts:
            yield "sizes", shown["mapped"], [part["size"] for part in parts]
        for pk, total in totals.items():
            told = [part["disagree_pass_agree"].get(str(pk)) for part in parts]
            yield f"{division} {pk}", total, [sum(counts) for counts in told if counts]


def leaks(lab):
    """What a reader could find out about too few people."""
    found = []
    for name, total, cells in tables(lab):
        found += [(name, cell) for cell in cells if cell in SMALL]
        if total is not None and cells and total - sum(cells) in SMALL:
            found.append((name, total - sum(cells)))
    return found


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(A_ROOM)
def test_nothing_tells_of_fewer_than_five(db, room):
    assert leaks(held(room)) == []


def test_the_test_above_would_notice(monkeypatch):
    """Without the floor of the perspectives the same room gives somebody away."""
    room = [(Perspective.MUNICIPALITY, [1, 1, 1, 1])] * 9 + [(Perspective.COMPANY, [1] * 4)] * 2
    assert leaks(held(room)) == []

    monkeypatch.setattr("hakapa.labs.queries.results.SMALLEST_CELL", 0)
    assert ("people", 2) in leaks(held(room))


def test_those_who_did_not_say_are_not_told_apart_either(running):
    for perspective, number in (("municipality", 9), ("", 3)):
        ParticipantFactory.create_batch(number, lab=running, perspective=perspective)

    assert [one.people for one in queries.perspectives(running)] == [None]


def test_statements_too_few_answered_are_told_last_and_without_counts(running):
    few, many, nobody = ContributionFactory.create_batch(3, lab=running)
    seats = ParticipantFactory.create_batch(5, lab=running)
    answer(running, seats[:4], [few], lambda *_: 1)
    answer(running, seats, [many], lambda *_: -1)

    for order in ("agree", "divided", "passed"):
        assert queries.published_statements(running, order).last() == few
    told = [(s.agree, s.disagree) for s in queries.published_statements(running)]
    assert told == [(None, None), (0, 5), (0, 0)]
    assert list(queries.published_statements(running, "nonsense")) == [few, many, nobody]
    assert queries.published_size(running).votes == 5


def test_when_every_answer_is_one_of_too_few_their_number_is_not_told(running):
    statement = ContributionFactory.create(lab=running)
    assert queries.published_size(running).votes == 0
    answer(running, ParticipantFactory.create_batch(4, lab=running), [statement], lambda *_: 1)

    assert queries.published_size(running).votes is None


def test_dots_and_ratings_of_too_few_are_left_out(running, leader):
    statements = ContributionFactory.create_batch(3, lab=running)
    phase = running.phases.get(key="vote")
    phase.ballot = "dots"
    phase.save()
    assert queries.published_dots(running) == []
    for at, seat in enumerate(ParticipantFactory.create_batch(5, lab=running)):
        placed = statements[1:] if at else statements
        for statement in placed[:2]:
            Dots.objects.create(participant=seat, statement=statement, phase=phase, number=1)
            Rating.objects.create(
                participant=seat, statement=statement, criterion=Criterion.EASE, value=at
            )
    actions.close(running, by=leader, why="Tiden är slut")

    ((_, dots),) = queries.published_dots(running)
    assert [(one.statement, one.dots, one.people) for one in dots] == [
        (statements[1], 5, 5), (statements[0], None, None), (statements[2], None, None),
    ]  # fmt: skip
    rated = {one.statement: one.rated for one in queries.published_ratings(running)}
    assert rated[statements[0]] is rated[statements[2]] is None
    assert (rated[statements[1]].mean, rated[statements[1]].confused) == (2.5, 1)
