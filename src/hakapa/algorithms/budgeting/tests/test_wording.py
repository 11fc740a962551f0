"""Numbers are said as people say them."""

import pytest

from hakapa.algorithms.budgeting.result import fund
from hakapa.algorithms.budgeting.sentences import result_sentences
from hakapa.algorithms.budgeting.tests.elections import approve
from hakapa.algorithms.budgeting.wording import counted


@pytest.mark.parametrize(
    ("value", "what", "language", "said"),
    [
        (1, "vote", "sv", "1 röst"),
        (1200, "vote", "sv", "1\u00a0200 röster"),
        (0, "vote", "en", "0 votes"),
        (1, "time", "en", "1 time"),
        (2, "time", "sv", "2 gånger"),
    ],
)
def test_one_is_said_in_the_singular(value, what, language, said):
    assert counted(value, what, language) == said


@pytest.mark.parametrize(("language", "about"), [("sv", "vikt"), ("en", "weight")])
def test_weights_are_spoken_of_only_where_there_are_any(language, about):
    for weights, spoken in ((None, False), ([2, 1], True)):
        election = approve(10, {"a": 4}, "a", "a", weights=weights)
        assert (about in " ".join(result_sentences(fund(election), language))) == spoken
