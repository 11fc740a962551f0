"""What dots and ratings add up to."""

import pytest

from hakapa.labs import queries
from hakapa.labs.models import Criterion, Dots, Kind, Rating
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def phase(running):
    return running.phases.get(key="vote")


def test_a_phase_weighs_the_kinds_it_names(running, phase):
    insight = ContributionFactory.create(lab=running, kind=Kind.INSIGHT)
    assert list(queries.weighed_in(running, phase)) == [insight]  # for want of proposals

    proposal = ContributionFactory.create(lab=running, kind=Kind.PROPOSAL)
    assert list(queries.weighed_in(running, phase)) == [proposal]
    assert list(queries.weighed_in(running, None)) == [insight, proposal]


def test_what_waits_is_merged_or_hidden_is_not_weighed(running, phase):
    kept = ContributionFactory.create(lab=running)
    ContributionFactory.create(lab=running, is_waiting=True)
    ContributionFactory.create(lab=running, merged_into=kept)

    assert list(queries.weighed_in(running, phase)) == [kept]


def test_dots_are_counted_in_their_phase_the_most_first(running, phase):
    few, many, none = ContributionFactory.create_batch(3, lab=running)
    here, there = ParticipantFactory.create_batch(2, lab=running)
    other = running.phases.first()
    for who, statement, where, number in (
        (here, few, phase, 1), (here, many, phase, 2), (there, many, phase, 1),
        (there, few, phase, 0), (there, few, other, 3),
    ):  # fmt: skip
        Dots.objects.create(participant=who, statement=statement, phase=where, number=number)

    told = [(d.statement, d.dots, d.people) for d in queries.dots_of(running, phase)]
    assert told == [(many, 3, 2), (few, 1, 1), (none, 0, 0)]


def test_ratings_tell_the_mean_and_the_share_that_did_not_understand(running):
    rated, confusing, _unrated = ContributionFactory.create_batch(3, lab=running)
    for value in (5, 4, 0, 3):
        who = ParticipantFactory.create(lab=running)
        Rating.objects.create(
            participant=who, statement=rated, criterion=Criterion.BENEFIT, value=value
        )
    Rating.objects.create(participant=who, statement=confusing, criterion="ease", value=0)

    first, second = queries.ratings_of(running)
    benefit, ease = first.by[Criterion.BENEFIT], second.by[Criterion.EASE]
    assert (first.statement, benefit.mean, benefit.people, benefit.share_confused) == (
        rated, 4.0, 4, 0.25,
    )  # fmt: skip
    assert (second.statement, ease.mean, ease.confused) == (confusing, None, 1)
    assert queries.Rated().share_confused == 0
