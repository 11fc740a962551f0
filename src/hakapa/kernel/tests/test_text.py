import unicodedata

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakapa.kernel.text import (
    as_id,
    refuse_endless_words,
    shortened,
    swedish_key,
    swedish_order,
    tidy,
)

PLACES = ["Öckerö", "Ängelholm", "Åre", "Zinkgruvan", "åmål", "Ale", "Ystad", "örebro", "Älvdalen"]
IN_ORDER = [
    "Ale", "Ystad", "Zinkgruvan", "åmål", "Åre", "Älvdalen", "Ängelholm", "Öckerö", "örebro",
]  # fmt: skip
SWEDISH = st.text("abcxyzåäöABCXYZÅÄÖ -0189", max_size=8)


def sorted_by_the_database(texts):
    """Keep the texts in some table and read them back in order."""
    ContentType.objects.filter(app_label="words").delete()
    ContentType.objects.bulk_create(
        ContentType(app_label="words", model=text) for text in set(texts)
    )
    rows = ContentType.objects.filter(app_label="words").order_by(swedish_order("model"), "model")
    return list(rows.values_list("model", flat=True))


def test_swedish_letters_come_after_z_in_python():
    assert sorted(PLACES, key=swedish_key) == IN_ORDER


@pytest.mark.django_db
def test_swedish_letters_come_after_z_in_the_database():
    assert sorted_by_the_database(PLACES) == IN_ORDER


@pytest.mark.django_db
def test_capitals_come_after_z_too_where_the_server_does_not_lower_them(monkeypatch):
    monkeypatch.setattr("hakapa.kernel.text.Lower", F)

    assert sorted_by_the_database(["Öland", "Ärla", "Åre", "Zinkgruvan"]) == [
        "Zinkgruvan",
        "Åre",
        "Ärla",
        "Öland",
    ]


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(SWEDISH, max_size=12))
def test_python_and_the_database_sort_alike(texts):
    here = sorted(set(texts), key=lambda text: (swedish_key(text), text))

    assert sorted_by_the_database(texts) == here


@pytest.mark.django_db
def test_the_order_asks_for_no_collation_of_the_server():
    query = ContentType.objects.order_by(swedish_order("model")).query

    sql, _params = query.get_compiler(connection=connection).as_sql()
    assert sql.endswith(' COLLATE "C" ASC'), sql


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  två  ord \n", "två  ord"),
        ("a\u030angström", "ångström"),
        ("dold\u200bt\u202e ord\ufeff", "doldt ord"),
        ("rad ett\r\nrad två\tslut", "rad ett\r\nrad två\tslut"),
        ("noll\u0000byte\u0007", "nollbyte"),
        ("a\u200b\u030angström", "ångström"),
        ("\u200b ", ""),
    ],
)
def test_tidying_keeps_what_a_reader_sees(written, kept):
    assert tidy(written) == kept


@given(st.text())
def test_a_tidied_text_is_tidy(text):
    once = tidy(text)

    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_a_word_as_long_as_a_line_passes():
    refuse_endless_words(f"kort {'a' * 80} kort")


def test_a_longer_word_is_refused_with_its_limit():
    with pytest.raises(ValidationError) as refusal:
        refuse_endless_words(f"kort {'a' * 81} kort")

    assert refusal.value.params == {"longest": 80}


def test_another_limit_may_be_set():
    with pytest.raises(ValidationError):
        refuse_endless_words("abcdef", longest=5)


def test_an_address_is_no_word():
    refuse_endless_words(f"se https://example.org/{'a' * 200} där")


@pytest.mark.parametrize(
    ("text", "longest", "cut"),
    [
        ("Vi delar allt", 13, "Vi delar allt"),
        ("Vi delar allt", 12, "Vi delar…"),
        ("Vi, delar allt", 5, "Vi…"),
        ("Halkbekämpning", 4, "Halk…"),
        ("", 4, ""),
    ],
)
def test_a_shortened_text_ends_at_a_word(text, longest, cut):
    assert shortened(text, longest) == cut


@given(st.text(min_size=1), st.integers(1, 40))
def test_a_shortened_text_is_the_beginning_of_the_text(text, longest):
    cut = shortened(text, longest)

    assert len(cut) <= longest + 1
    assert cut == text or (cut.endswith("…") and text.startswith(cut.removesuffix("…")))


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\ud800"])
def test_what_no_feed_can_hold_is_tidied_away(sign):
    assert tidy(f"a{sign}b") == "ab"


@pytest.mark.parametrize(
    ("sent", "number"),
    [("7", 7), ("", None), (None, None), ("x", None), ("-1", None), ("9" * 5000, None)],
)
def test_a_number_of_a_thing_is_short_and_decimal(sent, number):
    assert as_id(sent) == number
