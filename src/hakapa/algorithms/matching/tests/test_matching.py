import numpy as np
import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.matching import (
    Requirement,
    Thing,
    changed,
    readiness_of,
    similar,
    stem,
    stems,
)

ICE = Thing(
    "ice",
    "Sensorer varnar för halka på gångvägar, hemtjänsten får varning.",
    frozenset({"iot", "care"}),
)
OTHERS = [
    ICE,
    Thing(
        "sand",
        "Halkan på gångvägarna kostar; sanden når inte hemtjänstens vägar.",
        frozenset({"care"}),
    ),
    Thing("bath", "Sensorer mäter badvattnets temperatur.", frozenset({"iot", "environment"})),
    Thing("law", "Juridiken kring avtal.", frozenset({"law"})),
    Thing("tag", "Helt annat ämne.", frozenset({"iot", "care"})),
]


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("sensorer", "sensor"),
        ("sensorn", "sensorn"),
        ("halkan", "halkan"),
        ("kommunernas", "kommun"),
        ("möjligheterna", "möj"),
        ("vänlig", "vän"),
        ("ansvarsfullt", "ansvarsfull"),
        ("arbetslöst", "arbetslös"),
        ("friskt", "frisk"),
        ("kreditförlusts", "kreditförlust"),
        ("i", "i"),
        ("", ""),
    ],
)
def test_endings_are_cut(word, cut):
    assert stem(word) == cut


@given(st.text("aeioudglnrstväåöfh", min_size=1, max_size=12))
def test_stems_are_never_longer_and_never_empty(word):
    assert 0 < len(stem(word)) <= len(word)


def test_stems_agree_with_snowball_on_the_words_of_a_council_paper():
    """All but neuter words in -et, which its editions from 3.0 on cut and earlier ones do not."""
    paper = """
        Kommunstyrelsens arbetsutskott beslutade att uppdra åt förvaltningarna att tillsammans
        utreda gemensamma sensorer, datadelning och upphandlingar. Kostnaderna fördelas efter
        invånarantal och nyttan redovisas årligen. Avtalet gäller medlemmarna och
        kan sägas upp av parterna med ett års varsel. Hälsofrämjande arbetssätt ska prioriteras.
    """
    theirs = snowballstemmer.stemmer("swedish")

    words = [word for _, word in stems(paper) if not word.endswith(("et", "ets"))]

    assert len(words) > 25
    assert [stem(word) for word in words] == [theirs.stemWord(word) for word in words]


def test_words_that_mean_nothing_are_left_out():
    assert list(stems("Det är 7 av SENSORERNA, och_jag")) == [("sensor", "sensorerna")]


def test_similar_things_are_found_with_the_reason():
    found = similar(ICE, OTHERS)

    assert [match.id for match in found] == ["tag", "sand", "bath"]
    assert found[0].explain("en") == "Similar: both have care, iot."
    assert found[1].explain("sv") == (
        "Liknar: båda nämner gångvägarna, hemtjänstens; båda har care."
    )
    assert found[2].explain("en") == "Similar: both mention sensorer; both have iot."


def test_words_alone_are_reason_enough():
    plain = [Thing("a", "halka"), Thing("b", "halkan, halka och sand")]

    assert similar(plain[0], plain)[0].explain() == "Liknar: båda nämner halka."


def test_a_rank_from_elsewhere_takes_the_place_of_words():
    found = similar(ICE, OTHERS, ranks={"bath": 0.8, "sand": 0.2}, most=2)

    assert [match.id for match in found] == ["bath", "sand"]
    assert found[0].score == pytest.approx(0.7 + 0.3 / 3)
    assert [m.score for m in similar(ICE, OTHERS[1:2], ranks={})] == pytest.approx([0.15])


def test_things_without_words_are_compared_by_tags_alone():
    blank = [Thing("a", "", frozenset({"x"})), Thing("b", "", frozenset({"x"}))]

    assert [m.score for m in similar(blank[0], blank)] == pytest.approx([0.3])


texts = st.lists(st.text("abc ", max_size=20), min_size=1, max_size=5)


@given(texts, st.randoms())
def test_matches_do_not_depend_on_the_order_of_things(written, random):
    things = [Thing(str(i), text) for i, text in enumerate(written)]
    shuffled = list(things)
    random.shuffle(shuffled)

    assert similar(things[0], shuffled) == similar(things[0], things)
    assert all(0 <= match.score <= 1 for match in similar(things[0], things))


HOLDINGS = {"lund": {"lora", "register"}, "kalmar": {"lora", "spare"}}
SOLUTIONS = {
    "trees": [Requirement("register"), Requirement("lora"), Requirement("api", "should")],
    "free": [],
    "bins": [Requirement("lora", "could"), Requirement("lora", "must")],
}


def test_readiness_says_who_lacks_what():
    made = readiness_of(HOLDINGS, SOLUTIONS)

    assert made.ready("lund", "trees")
    assert not made.ready("kalmar", "trees")
    assert made.score.tolist() == [
        [pytest.approx(0.8), 1, 1],
        [pytest.approx(0.4), 1, 1],
    ]
    assert made.missing.tolist() == [[0, 0, 0], [1, 0, 0]]
    assert made.lacks("kalmar", "trees") == ("register", "api")
    assert made.explain("kalmar", "trees", "en") == "kalmar lacks for trees: register, api."
    assert made.explain("lund", "bins") == "lund har allt som bins kräver."


@given(st.data())
def test_one_change_equals_computing_everything_again(data):
    things = list("abcdef")
    holdings = {f"m{i}": data.draw(st.sets(st.sampled_from(things))) for i in range(4)}
    levels = st.sampled_from(["must", "should", "could"])
    needs = st.lists(st.builds(Requirement, st.sampled_from("abcde"), levels), max_size=5)
    solutions = {f"s{i}": data.draw(needs) for i in range(5)}
    who, thing, has = (
        data.draw(st.sampled_from(list(holdings))), data.draw(st.sampled_from(things)),
        data.draw(st.booleans()),
    )  # fmt: skip

    before = readiness_of(holdings, solutions)
    after = changed(before, who, thing, has=has)

    holdings[who] = holdings[who] | {thing} if has else holdings[who] - {thing}
    anew = readiness_of(holdings, solutions)
    assert np.array_equal(after.score, anew.score)
    assert np.array_equal(after.missing, anew.missing)
    assert np.array_equal(after.held, anew.held)


def test_nobody_and_nothing_give_an_empty_readiness():
    assert readiness_of({}, {}).score.shape == (0, 0)
    assert readiness_of({"lund": set()}, {}).missing.shape == (1, 0)
