import pytest
from django.core.exceptions import ValidationError

from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, cards
from hakapa.labs.models import Kind
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


def test_cards_are_typed_in_before_the_lab_is_closed(closed, leader):
    with pytest.raises(TooLateError):
        actions.type_in(closed, WORDS, card=cards.code_of(closed.pk, 1), by=leader)
