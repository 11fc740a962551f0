"""What the room sees on the wall."""

import pytest

from hakapa.kernel.panels import Panel, _makers
from hakapa.kernel.tests.pages import address, words_of
from hakapa.labs import actions, queries
from hakapa.labs.formats import Ballot
from hakapa.labs.models import Criterion, Dots, Rating
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def voting(running, leader):
    for position in range(1, 4):
        actions.step(running, by=leader, leave=position)
    return queries.current_phase(running)


@pytest.fixture
def statements(voting):
    return ContributionFactory.create_batch(3, lab=voting.lab)


def weigh_by(phase, ballot):
    phase.ballot = ballot
    phase.save()


def wall(client, lab, **query):
    return words_of(client.get(address("labs:projector", lab.pk), query))


def shown(lab, leader):
    return actions.show_results(lab, by=leader)


def test_results_are_on_the_wall_only_when_they_are_shown(
    client, running, voting, statements, leader
):
    weigh_by(voting, Ballot.STANCE)
    actions.vote(statements[1], participant=ParticipantFactory.create(lab=running), value=1)
    assert "1 agree" not in wall(client, running)

    shown(running, leader)
    assert "What the room thinks" in wall(client, running)
    assert "1 agree" in wall(client, running)
    actions.hide_results(running, by=leader)
    assert "1 agree" not in wall(client, running)


def test_dots_are_told_the_most_first(client, running, voting, statements, leader):
    weigh_by(voting, Ballot.DOTS)
    for number, who in ((2, 1), (1, 2)):
        seat = ParticipantFactory.create(lab=running)
        Dots.objects.create(participant=seat, statement=statements[2], phase=voting, number=number)
        Dots.objects.create(participant=seat, statement=statements[who - 1], phase=voting, number=1)
    shown(running, leader)

    foremost = queries.outcome(running).foremost
    assert [(weighed.dots, weighed.people) for weighed in foremost] == [(3, 2), (1, 1), (1, 1)]
    assert foremost[0].statement == statements[2]
    assert "3 dots · from 2 people" in wall(client, running)
    assert "1 dot · from 1 person" in wall(client, running)


def test_grades_are_told_with_the_share_that_did_not_understand(
    client, running, voting, statements, leader
):
    weigh_by(voting, Ballot.BENEFIT_EASE)
    for value in (5, 4, 0):
        seat = ParticipantFactory.create(lab=running)
        for criterion in (Criterion.BENEFIT, Criterion.EASE):
            Rating.objects.create(
                participant=seat, statement=statements[0], criterion=criterion, value=value
            )
    Rating.objects.create(
        participant=seat, statement=statements[1], criterion=Criterion.BENEFIT, value=0
    )
    shown(running, leader)

    first, second = queries.outcome(running).foremost
    assert first.statement == statements[0]
    assert second.ratings == (queries.Graded(str(Criterion.BENEFIT.label), 0, 1, 1),)
    assert "Benefit 4.5 of 5 33 % did not understand" in wall(client, running)
    assert "100 % did not understand" in wall(client, running)


def test_everybody_who_has_answered_is_counted_by_whichever_ballot(running, voting, statements):
    seats = ParticipantFactory.create_batch(5, lab=running)
    actions.vote(statements[0], participant=seats[0], value=1)
    actions.vote(statements[1], participant=seats[0], value=0)
    for seat, number in ((seats[1], 2), (seats[2], 0)):
        Dots.objects.create(participant=seat, statement=statements[0], phase=voting, number=number)
    Rating.objects.create(
        participant=seats[3], statement=statements[0], criterion=Criterion.EASE, value=0
    )

    assert queries.people_heard(running) == 3


def test_without_any_answers_the_wall_says_so(client, running, leader):
    shown(running, leader)

    assert "Nobody has answered yet." in wall(client, running)


def test_the_opinion_map_has_a_place_on_the_wall(
    client, running, voting, statements, leader, monkeypatch
):
    def map_of(request, lab):
        assert not request.user.is_authenticated
        return Panel("labs/state.html", {})

    weigh_by(voting, Ballot.STANCE)
    for statement in statements:
        actions.vote(statement, participant=ParticipantFactory.create(lab=running), value=1)
    monkeypatch.setitem(_makers, "projector", [(1, map_of)])
    shown(running, leader)
    page = client.get(address("labs:projector", running.pk))

    assert 'class="pill"' in page.content.decode()
    assert page.content.decode().count('class="statement"') == 3


def test_what_waits_is_hidden_or_merged_is_not_on_the_wall(client, running):
    whole = ContributionFactory.create(lab=running, text="Helheten")
    ContributionFactory.create(lab=running, text="Delen", merged_into=whole)
    ContributionFactory.create(lab=running, text="Köad", is_waiting=True)
    said = wall(client, running)

    assert "Helheten Proposal · merged from 1" in said
    assert "Delen" not in said
    assert "Köad" not in said


def test_a_paused_clock_and_a_lab_for_days_are_told(client, running, leader):
    actions.pause(running, by=leader, leave=1)
    assert "The clock stands still" in wall(client, running)

    running.refresh_from_db()
    running.open_until = running.starts_at.replace(year=2027, month=5, day=4)
    running.save()
    assert "Open until 4 May 2027" in wall(client, running)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("results", [False, True])
def test_the_wall_takes_as_many_queries_however_much_it_shows(
    client, running, leader, django_assert_num_queries, count, results
):
    ContributionFactory.create_batch(count, lab=running)
    if results:
        shown(running, leader)
    client.get(address("labs:projector", running.pk))

    with django_assert_num_queries(10 if results else 8):
        client.get(address("labs:projector", running.pk))
