"""The plain pages on which one weighs: agreement, dots and grades, each without any script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hakapa.kernel.tests.pages import address, words_of
from hakapa.labs import actions
from hakapa.labs.formats import Ballot
from hakapa.labs.models import Dots, Kind, Participant, Rating, Vote
from hakapa.labs.tests.desks import shown_on
from hakapa.labs.tests.factories import ContributionFactory

pytestmark = pytest.mark.django_db


def url(name, lab, *more):
    return address(f"labs:{name}", lab.join_code, *more)


@pytest.fixture
def phone(client, running):
    """A phone with a seat."""
    client.post(url("enter", running), {"perspective": "resident", "table": "3"})
    return client


@pytest.fixture
def me(phone):
    return Participant.objects.get()


@pytest.fixture
def weighing(running, leader):
    """Return a maker of the phase of votes, by a ballot, with the room in it."""

    def go_on(ballot):
        running.phases.filter(key="vote").update(ballot=ballot)
        for position in range(1, 4):
            actions.step(running, by=leader, leave=position)
        return running.phases.get(key="vote")

    return go_on


def test_one_statement_at_a_time_until_all_are_answered(phone, running):
    first, second = ContributionFactory.create_batch(2, lab=running)
    assert f"Your view: 0 of 2 {first.text}" in shown_on(phone.get(url("vote", running)))

    phone.post(url("vote", running), {"statement": first.pk, "value": "1"})
    page = phone.get(url("vote", running))
    assert f"Your view: 1 of 2 {second.text}" in shown_on(page)
    assert "Saved" in words_of(page)
    phone.post(url("vote", running), {"statement": second.pk, "value": "0"})
    assert "You have answered everything so far" in shown_on(phone.get(url("vote", running)))


def test_undo_shows_the_given_answer_and_changes_it(phone, running):
    statement = ContributionFactory.create(lab=running, table=4)
    phone.post(url("vote", running), {"statement": statement.pk, "value": "-1"})
    again = f"{url('vote', running)}?om={statement.pk}"
    assert again in phone.get(url("vote", running)).text

    page = phone.get(again)
    assert "You have answered this. You may change it." in shown_on(page)
    assert 'value="-1" aria-pressed="true"' in page.text
    phone.post(url("vote", running), {"statement": statement.pk, "value": "1"})
    assert [vote.value for vote in Vote.objects.all()] == [1]


def test_with_nothing_to_answer_the_phone_says_so(phone, running):
    assert "Nobody has written anything" in shown_on(phone.get(url("vote", running)))


@pytest.mark.parametrize("sent", [{}, {"statement": "x", "value": "1"}])
def test_an_answer_that_makes_no_sense_changes_nothing(phone, running, sent):
    ContributionFactory.create(lab=running)

    assert phone.post(url("vote", running), sent).status_code == 200
    assert not Vote.objects.exists()


def test_a_statement_of_another_lab_is_not_found(phone, running):
    elsewhere = ContributionFactory.create()
    response = phone.post(url("vote", running), {"statement": elsewhere.pk, "value": "1"})

    assert response.status_code == 404


def test_an_answer_that_does_not_exist_is_refused(phone, running):
    statement = ContributionFactory.create(lab=running)
    page = phone.post(url("vote", running), {"statement": statement.pk, "value": "7"})

    assert page.status_code == 200
    assert not Vote.objects.exists()


def test_a_statement_hidden_in_between_is_too_late(phone, running, leader):
    statement = ContributionFactory.create(lab=running)
    actions.hide(statement, by=leader, why="Namn")

    response = phone.post(url("vote", running), {"statement": statement.pk, "value": "1"})
    assert response.status_code == 409


def test_dots_are_placed_and_taken_back(phone, running, weighing):
    weighing(Ballot.DOTS)
    first, second = ContributionFactory.create_batch(2, lab=running)
    assert "Dots left: 3 of 3" in shown_on(phone.get(url("vote", running)))

    for statement, number in ((first, 1), (first, 2), (second, 1), (first, 1)):
        sent = {"statement": statement.pk, "number": number}
        assert phone.post(url("vote", running), sent).url == url("vote", running)
    assert "Dots left: 1 of 3" in shown_on(phone.get(url("vote", running)))
    assert {d.statement: d.number for d in Dots.objects.all()} == {first: 1, second: 1}


def test_one_dot_too_many_says_what_to_do(phone, running, weighing):
    weighing(Ballot.DOTS)
    statement = ContributionFactory.create(lab=running)
    page = phone.post(url("vote", running), {"statement": statement.pk, "number": 4})

    assert "You have 3 dots. Take one back first." in shown_on(page)
    assert not Dots.objects.exists()


def test_dots_are_for_the_kinds_that_the_phase_weighs(phone, running, weighing):
    weighing(Ballot.DOTS)
    proposal = ContributionFactory.create(lab=running)
    insight = ContributionFactory.create(lab=running, kind=Kind.INSIGHT)
    page = shown_on(phone.get(url("vote", running)))

    assert proposal.text in page
    assert insight.text not in page


def test_how_much_one_agrees_takes_one_press(phone, running, weighing):
    weighing(Ballot.AGREEMENT)
    first, second = ContributionFactory.create_batch(2, lab=running)
    assert "I do not understand" in shown_on(phone.get(url("vote", running)))

    phone.post(url("vote", running), {"statement": first.pk, "agreement": "5"})
    page = phone.get(url("vote", running))
    assert f"1 of 2 {second.text}" in shown_on(page)
    phone.post(url("vote", running), {"statement": second.pk, "agreement": "0"})
    assert [rating.value for rating in Rating.objects.order_by("pk")] == [5, 0]
    again = phone.get(f"{url('vote', running)}?om={second.pk}")
    assert 'name="agreement" value="0" aria-pressed="true"' in again.text
    assert f"?om={first.pk}" in again.text


def test_benefit_and_ease_are_graded_together_or_not_understood(phone, running, weighing):
    weighing(Ballot.BENEFIT_EASE)
    first, second = ContributionFactory.create_batch(2, lab=running)
    sent = {"statement": first.pk, "benefit": "4", "ease": "2"}
    phone.post(url("vote", running), sent)
    phone.post(url("vote", running), {"statement": second.pk, "confused": "1"})

    grades = {(r.statement, r.criterion): r.value for r in Rating.objects.all()}
    assert grades == {
        (first, "benefit"): 4, (first, "ease"): 2, (second, "benefit"): 0, (second, "ease"): 0,
    }  # fmt: skip
    again = phone.get(f"{url('vote', running)}?om={first.pk}")
    assert 'name="benefit" value="4" required checked' in again.text
    assert "You have answered everything so far" in shown_on(phone.get(url("vote", running)))


@pytest.mark.parametrize("sent", [{"number": "1"}, {"confused": "1"}])
def test_what_another_ballot_asks_is_not_taken(phone, running, sent):
    statement = ContributionFactory.create(lab=running)
    phone.post(url("vote", running), {"statement": statement.pk, **sent})

    assert not Dots.objects.exists()
    assert not Rating.objects.exists()


def test_between_phases_no_dots_are_placed(phone, running):
    running.phases.update(started_at=None)
    statement = ContributionFactory.create(lab=running)
    answer = phone.post(url("vote", running), {"statement": statement.pk, "number": "1"})

    assert answer.status_code == 409


def test_when_voting_is_closed_the_phone_says_so(phone, running, weighing):
    weighing(Ballot.STANCE)
    statement = ContributionFactory.create(lab=running)
    running.is_voting_open = False
    running.save()

    assert "Voting is closed" in shown_on(phone.get(url("vote", running)))
    assert phone.get(url("enter", running)).url == url("now", running)
    sent = {"statement": statement.pk, "value": "1"}
    assert phone.post(url("vote", running), sent).status_code == 409


def test_what_the_lab_leader_puts_first_comes_first(phone, running):
    ContributionFactory.create(lab=running)
    first = ContributionFactory.create(lab=running, promoted_at=timezone.now())

    assert first.text in shown_on(phone.get(url("vote", running)))


def test_before_the_start_there_is_nothing_to_weigh(client, published):
    client.post(url("enter", published), {})

    assert client.get(url("vote", published)).url == url("now", published)


def test_in_a_lab_without_meetings_each_ballot_has_its_page(phone, running):
    running.open_until = timezone.now() + timedelta(days=7)
    running.save()
    phase = running.phases.get(key="vote")
    statement = ContributionFactory.create(lab=running)
    page = f"{url('vote', running)}?fas={phase.pk}"
    assert "Dots left: 3 of 3" in shown_on(phone.get(page))

    assert phone.post(page, {"statement": statement.pk, "number": "2"}).url == page
    assert "Dots left: 1 of 3" in shown_on(phone.get(page))
    assert phone.get(f"{url('vote', running)}?fas=999999").status_code == 404
