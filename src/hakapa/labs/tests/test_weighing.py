"""What somebody thinks of what the room wrote: agreement, dots and grades."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, queries
from hakapa.labs.models import Choice, Contribution, Criterion, Dots, Kind, Rating, Vote
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory


@pytest.fixture
def statement(running):
    return ContributionFactory.create(lab=running)


@pytest.fixture
def dotting(running, leader):
    """The phase of dots, with the room in it."""
    for position in range(1, 4):
        actions.step(running, by=leader, leave=position)
    return running.phases.get(key="vote")


def test_the_last_answer_counts(statement, seat):
    actions.vote(statement, participant=seat, value=Choice.AGREE)
    actions.vote(statement, participant=seat, value=Choice.DISAGREE)

    assert [vote.value for vote in Vote.objects.all()] == [Choice.DISAGREE]


def test_an_older_answer_or_a_replay_changes_nothing(statement, seat):
    for value, sequence in ((1, 20), (-1, 30), (0, 30), (1, 20), (0, 25)):
        actions.vote(statement, participant=seat, value=value, sequence=sequence)

    assert [(v.value, v.sequence) for v in Vote.objects.all()] == [(-1, 30)]


def test_a_plain_page_answers_after_a_phone_whose_clock_is_ahead(statement, seat):
    tomorrow = int(timezone.now().timestamp() * 1000) + 86_400_000
    actions.vote(statement, participant=seat, value=1, sequence=tomorrow)
    actions.vote(statement, participant=seat, value=-1)

    assert [(v.value, v.sequence) for v in Vote.objects.all()] == [(-1, tomorrow + 1)]


def test_an_answer_is_agree_pass_or_disagree(statement, seat):
    with pytest.raises(ValidationError):
        actions.vote(statement, participant=seat, value=2)


@pytest.mark.parametrize("value", [-1, 6])
def test_a_grade_is_one_to_five_or_not_understood(statement, seat, value):
    with pytest.raises(ValidationError):
        actions.rate(statement, participant=seat, criterion=Criterion.EASE, value=value)


def test_each_criterion_has_its_own_grade(statement, seat):
    actions.rate(statement, participant=seat, criterion=Criterion.BENEFIT, value=4)
    actions.rate(statement, participant=seat, criterion=Criterion.EASE, value=2)
    actions.rate(statement, participant=seat, criterion=Criterion.EASE, value=actions.CONFUSING)

    grades = {rating.criterion: rating.value for rating in Rating.objects.all()}
    assert grades == {Criterion.BENEFIT: 4, Criterion.EASE: 0}


def test_nobody_answers_in_another_lab(running, statement, dotting):
    stranger = ParticipantFactory.create()

    with pytest.raises(PermissionDenied):
        actions.vote(statement, participant=stranger, value=1)
    with pytest.raises(PermissionDenied):
        actions.place_dots(statement, participant=stranger, phase=dotting, number=1)


def test_questions_waiting_and_hidden_statements_are_not_open(running, seat, leader):
    question = ContributionFactory.create(lab=running, is_statement=False)
    waiting = ContributionFactory.create(lab=running, is_waiting=True)
    hidden = actions.hide(ContributionFactory.create(lab=running), by=leader, why="Namn")

    for closed_for_answers in (question, waiting, hidden):
        with pytest.raises(TooLateError):
            actions.vote(closed_for_answers, participant=seat, value=1)


def test_when_voting_is_closed_nothing_is_answered(running, statement, seat):
    running.is_voting_open = False
    running.save()

    with pytest.raises(TooLateError):
        actions.vote(statement, participant=seat, value=1)


def test_a_lab_takes_nothing_after_its_last_day(running, statement, seat):
    running.open_until = timezone.now()
    running.save()

    with pytest.raises(TooLateError):
        actions.vote(statement, participant=seat, value=1)
    with pytest.raises(TooLateError):
        actions.contribute(running, actions.Words("För sent"), participant=seat)


def test_dots_are_placed_taken_back_and_never_more_than_there_are(statement, seat, dotting):
    other = ContributionFactory.create(lab=statement.lab)
    actions.place_dots(statement, participant=seat, phase=dotting, number=2)
    with pytest.raises(ValidationError, match="3 prickar"):
        actions.place_dots(other, participant=seat, phase=dotting, number=2)
    with pytest.raises(ValidationError):
        actions.place_dots(other, participant=seat, phase=dotting, number=-1)

    actions.place_dots(statement, participant=seat, phase=dotting, number=0)
    actions.place_dots(other, participant=seat, phase=dotting, number=3)

    assert queries.dots_left(seat, dotting) == 0
    assert {d.statement_id: d.number for d in Dots.objects.all()} == {statement.pk: 0, other.pk: 3}


def test_dots_belong_to_the_phase_that_the_room_is_in(running, statement, seat, dotting, leader):
    for phase in (running.phases.get(key="table"), running.phases.get(key="close")):
        with pytest.raises(TooLateError):
            actions.place_dots(statement, participant=seat, phase=phase, number=1)
    actions.step(running, by=leader, leave=dotting.position)
    dotting.refresh_from_db()

    with pytest.raises(TooLateError):
        actions.place_dots(statement, participant=seat, phase=dotting, number=1)


def test_in_a_lab_without_meetings_dots_are_placed_in_any_of_its_phases(running, statement, seat):
    running.open_until = timezone.now() + timedelta(days=7)
    running.save()
    phase = running.phases.select_related("lab").get(key="vote")

    assert actions.place_dots(statement, participant=seat, phase=phase, number=3).number == 3


@pytest.mark.parametrize("ballot", ["vote", "rate", "dots"])
def test_what_others_have_weighed_in_any_way_is_not_taken_back(running, seat, dotting, ballot):
    note = actions.contribute(running, actions.Words("Sanda"), participant=seat)
    other = actions.join(running)
    if ballot == "vote":
        actions.vote(note, participant=other, value=1)
    elif ballot == "rate":
        actions.rate(note, participant=other, criterion=Criterion.EASE, value=1)
    else:
        actions.place_dots(note, participant=other, phase=dotting, number=1)

    with pytest.raises(TooLateError):
        actions.take_back(note, participant=seat)
    assert Contribution.objects.filter(pk=note.pk).exists()


def test_the_database_refuses_a_second_vote(statement, seat):
    Vote.objects.create(participant=seat, statement=statement, value=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(participant=seat, statement=statement, value=-1)


def test_the_database_refuses_an_answer_that_is_none(statement, seat):
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(participant=seat, statement=statement, value=5)


def test_the_least_answered_statement_comes_first(running, seat):
    first, second = ContributionFactory.create_batch(2, lab=running)
    actions.vote(first, participant=actions.join(running), value=1)

    assert queries.left_to_weigh(seat, None).first() == second
    actions.vote(second, participant=seat, value=0)
    assert queries.left_to_weigh(seat, None).first() == first
    assert queries.progress(seat) == queries.Progress(answered=1, of=2)
    actions.vote(first, participant=seat, value=0)
    assert not queries.left_to_weigh(seat, None).exists()


def test_who_wrote_it_is_asked_like_everybody_and_has_not_answered_by_writing(running, seat):
    words = actions.Words("Ingen mäter fallen", Kind.OBSTACLE)
    mine = actions.contribute(running, words, participant=seat)
    assert queries.left_to_weigh(seat, None).get() == mine
    assert not Vote.objects.exists()

    actions.vote(mine, participant=seat, value=Choice.DISAGREE)
    actions.take_back(mine, participant=seat)
    assert not Vote.objects.exists()


def test_undo_goes_back_one_answer_at_a_time(running, seat):
    first, second, unanswered = ContributionFactory.create_batch(3, lab=running)
    for statement in (first, second):
        actions.vote(statement, participant=seat, value=1)

    def before(statement):
        return queries.previous_answer(seat, None, statement)

    assert before(None) == before(unanswered) == second.pk
    assert before(second) == first.pk
    assert before(first) is None
