from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hakapa.kernel.money import as_kronor, ore
from hakapa.kernel.templatetags.words import kronor

AMOUNTS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("kronor", "amount"), [(142_000, 14_200_000), (Decimal("0.01"), 1), (Decimal("-3.50"), -350)]
)
def test_kronor_are_kept_as_whole_ore(kronor, amount):
    assert ore(kronor) == amount
    assert type(ore(kronor)) is int


@pytest.mark.parametrize("kronor", [Decimal("0.001"), Decimal("12.345")])
def test_an_amount_finer_than_an_ore_is_refused(kronor):
    with pytest.raises(ValueError, match=f"^{kronor} kronor is not a whole number of öre$"):
        ore(kronor)


@given(AMOUNTS)
def test_no_ore_is_lost_on_the_way(amount):
    assert ore(Decimal(amount) / 100) == amount


@pytest.mark.parametrize(
    ("language", "amount", "written"),
    [
        ("sv", 14_200_000, "142\u00a0000\u00a0kr"),
        ("sv", 123_456, "1\u00a0234,56\u00a0kr"),
        ("sv", 0, "0\u00a0kr"),
        ("sv", -50, "-0,50\u00a0kr"),
        ("en", 123_456, "1,234.56\u00a0kr"),
    ],
)
def test_money_is_written_as_its_readers_write_it(language, amount, written):
    with translation.override(language):
        assert as_kronor(amount) == written
        assert kronor(amount) == written


@given(AMOUNTS)
def test_what_is_written_can_be_read_back(amount):
    with translation.override("sv"):
        written = as_kronor(amount)

    read = Decimal(written.removesuffix("\u00a0kr").replace("\u00a0", "").replace(",", "."))
    assert ore(read) == amount
