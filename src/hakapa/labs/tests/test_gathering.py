import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, cards, queries
from hakapa.labs.models import Kind, Lab
from hakapa.live.models import Announcement

pytestmark = pytest.mark.usefixtures("english")

WORDS = actions.Words("Sanda mer", Kind.PROPOSAL)


def test_a_card_is_typed_in_once(running, leader):
    code = cards.code_of(running.pk, 17)
    first = actions.type_in(running, WORDS, card=code, by=leader, table=4)
    again = actions.type_in(
        running, actions.Words("Något annat"), card=f" {code.lower()} ", by=leader
    )

    assert (first.is_new, again.is_new) == (True, False)
    assert again.contribution == first.contribution
    kept = running.contributions.get()
    assert (kept.card, kept.table, kept.text, kept.author) == (code, 4, "Sanda mer", leader)
    assert Announcement.objects.filter(item=kept.pk).exists()


@pytest.mark.parametrize("typed", ["", "17", "17AA", "0", "KORT", "1234AB"])
def test_a_slip_of_the_pen_is_noticed(running, leader, typed):
    with pytest.raises(ValidationError, match="None of the lab's cards"):
        actions.type_in(running, WORDS, card=typed, by=leader)


def test_the_codes_of_a_lab_are_its_own(running):
    codes = {cards.code_of(running.pk, number) for number in range(1, 100)}

    assert len(codes) == 99
    assert cards.number_of(running.pk, cards.code_of(running.pk, 5)) == 5
    assert cards.number_of(running.pk, f"00{cards.code_of(running.pk, 5)}") == 5
    strangers = [cards.number_of(running.pk + 1, code) for code in codes]
    assert strangers.count(None) > 90


def test_cards_are_typed_in_after_the_lab_is_closed_too(running, leader):
    early = actions.type_in(running, WORDS, card=cards.code_of(running.pk, 1), by=leader)
    closed = actions.close(running, by=leader, why="Brandlarm")
    late = actions.type_in(closed, WORDS, card=cards.code_of(closed.pk, 2), by=leader)
    again = actions.type_in(closed, WORDS, card=cards.code_of(closed.pk, 1), by=leader)

    assert (early.is_new, late.is_new, again.is_new) == (True, True, False)
    assert early.contribution.phase
    assert late.contribution.phase is None
    assert list(queries.typed_in_late(closed)) == [late.contribution]


def test_nobody_answers_what_was_typed_in_afterwards(running, leader, seat):
    closed = actions.close(running, by=leader, why="Brandlarm")
    late = actions.type_in(closed, WORDS, card=cards.code_of(closed.pk, 1), by=leader)

    with pytest.raises(TooLateError):
        actions.vote(late.contribution, participant=seat, value=1)


def test_in_a_lab_that_is_taken_up_again_the_card_is_not_late(closed, leader, seat):
    late = actions.type_in(closed, WORDS, card=cards.code_of(closed.pk, 1), by=leader)
    resumed = actions.resume(closed, by=leader)
    actions.vote(late.contribution, participant=seat, value=1)
    assert not queries.typed_in_late(resumed).exists()

    closed = actions.close(resumed, by=leader, why="Brandlarm")
    assert not queries.typed_in_late(closed).exists()
    assert queries.published_statements(closed).get().is_late is False


def test_what_ran_out_by_itself_takes_cards_too(running, leader):
    over = actions.run_out(running, at=timezone.now())
    late = actions.type_in(over, WORDS, card=cards.code_of(over.pk, 1), by=leader)

    assert queries.published_statements(over).get(pk=late.contribution.pk).is_late


def test_those_who_do_not_lead_type_in_nothing(closed, outsider):
    with pytest.raises(PermissionDenied):
        actions.type_in(closed, WORDS, card=cards.code_of(closed.pk, 1), by=outsider)


@pytest.mark.parametrize("changes", [{"state": "published"}, {"imported_from": "elsewhere"}])
def test_a_lab_that_has_not_begun_or_was_held_elsewhere_takes_no_cards(running, leader, changes):
    Lab.objects.filter(pk=running.pk).update(**changes)

    with pytest.raises(TooLateError):
        actions.type_in(running, WORDS, card=cards.code_of(running.pk, 1), by=leader)
