from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakapa.accounts.tests.factories import member_of
from hakapa.challenges import queries
from hakapa.challenges.lifecycle import State
from hakapa.challenges.models import Measurement
from hakapa.challenges.queries import Choice, Reading
from hakapa.challenges.tags import Barrier, Theme
from hakapa.challenges.tests.factories import (
    ChallengeFactory,
    EffectGoalFactory,
    SharedNeedFactory,
)

pytestmark = pytest.mark.django_db
READER = AnonymousUser()
ICE = {
    "title": "Halkbekämpning på gångvägar",
    "today": "Gatuförvaltningen sandar och äldreomsorgen slipper benbrotten.",
    "wish": "Hur delar vi nyttan av sandning?",
}


def write(**words):
    return ChallengeFactory.create(**words)


def titles(choice, user=READER):
    return {challenge.title for challenge in queries.chosen(user, choice)}


def test_the_newest_challenge_comes_first():
    now = timezone.now()
    old, new, middle = (write(created=now - timedelta(days=days)) for days in (3, 1, 2))

    assert list(queries.visible_to(READER)) == [new, middle, old]


def test_each_challenge_tells_how_many_more_have_it():
    challenge = SharedNeedFactory.create().challenge
    SharedNeedFactory.create(challenge=challenge)
    write()

    assert {c.pk: c.sharing for c in queries.visible_to(READER)}[challenge.pk] == 2
    assert sorted(c.sharing for c in queries.visible_to(READER)) == [0, 2]


def test_an_organisation_has_what_it_owns_and_what_it_shares(neighbour):
    owned, shared = write(owner=neighbour), SharedNeedFactory.create(organisation=neighbour)
    draft = write(owner=neighbour, state=State.DRAFT)
    SharedNeedFactory.create(challenge=owned)
    write()

    seen = set(queries.of_organisation(READER, neighbour))
    assert seen == {owned, shared.challenge}
    assert set(queries.of_organisation(member_of(neighbour), neighbour)) == seen | {draft}
    assert {c.pk: c.sharing for c in queries.of_organisation(READER, neighbour)} == {
        owned.pk: 1, shared.challenge.pk: 1,
    }  # fmt: skip


@pytest.mark.parametrize("words", ["halkbekämpningen", "GÅNGVÄG", "sanda", "sandat", "halkbek"])
def test_the_list_is_searched_in_any_swedish_form_and_by_parts_of_titles(words):
    write(**ICE)
    write()

    assert titles(Choice(words=words)) == {ICE["title"]}


@pytest.mark.parametrize("words", ['"', "a & | !", "'; drop table", "\\", "-", "%", ":*"])
def test_odd_words_find_nothing_and_break_nothing(words):
    write(**ICE)

    assert titles(Choice(words=words)) <= {ICE["title"]}


def test_the_list_is_narrowed_by_each_choice_and_by_all(neighbour):
    write(title="vi", themes=[Theme.IOT, Theme.CARE], barriers=[Barrier.LAW], owner=neighbour)
    write(title="de", themes=[Theme.CARE], barriers=[Barrier.MONEY], state=State.IN_LAB)

    assert titles(Choice()) == {"vi", "de"}
    assert titles(Choice(theme="care")) == {"vi", "de"}
    assert titles(Choice(theme="iot")) == {"vi"}
    assert titles(Choice(barrier="money")) == {"de"}
    assert titles(Choice(state="in_lab")) == {"de"}
    assert titles(Choice(owner=neighbour.pk)) == {"vi"}
    assert titles(Choice(theme="care", barrier="law", state="open", owner=neighbour.pk)) == {"vi"}
    assert titles(Choice(theme="care", barrier="law", state="in_lab")) == set()


def test_no_choice_finds_a_strangers_draft(draft):
    assert titles(Choice(words=draft.title)) == set()
    assert titles(Choice(state="draft")) == set()
    assert titles(Choice(state="draft"), member_of(draft.owner)) == {draft.title}


def test_a_goals_values_begin_with_the_baseline():
    goal = EffectGoalFactory.create()
    for day, value in ((3, 5), (2, 4)):
        Measurement.objects.create(
            goal=goal, value=value, measured_on=date(2026, day, 1), note=f"gång {day}"
        )

    assert queries.readings(goal) == [
        Reading(date(2026, 1, 1), Decimal(1)),
        Reading(date(2026, 2, 1), Decimal(4), "gång 2"),
        Reading(date(2026, 3, 1), Decimal(5), "gång 3"),
    ]


def test_a_baseline_set_anew_leaves_older_values_behind():
    goal = EffectGoalFactory.create(baseline=1, baseline_on=date(2026, 2, 1))
    for day in (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)):
        Measurement.objects.create(goal=goal, value=day.month, measured_on=day)

    assert [reading.on for reading in queries.readings(goal)] == [
        date(2026, 2, 1),
        date(2026, 3, 1),
    ]


def test_similar_challenges_say_which_words_they_share():
    ice = write(**ICE)
    write()

    (likeness,) = queries.similar_to(READER, "Sandning av gångvägar, halt ute. Benbrott!")
    assert likeness.challenge == ice
    assert set(likeness.words) == {"sandning", "gångvägar", "benbrott"}
    assert (likeness.themes, likeness.barriers) == ([], [])


def test_one_shared_word_is_no_likeness():
    write(**ICE)

    assert queries.similar_to(READER, "Vi sandar") == []


def test_a_shared_tag_alone_is_no_likeness_but_ranks_the_alike():
    plain = write(**ICE)
    tagged = write(**ICE, themes=[Theme.CARE, Theme.IOT], barriers=[Barrier.MONEY])
    write(themes=[Theme.CARE])

    found = queries.similar_to(
        READER, "sandning av gångvägar", themes=["care", "climate"], barriers=["money"]
    )
    assert [likeness.challenge for likeness in found] == [tagged, plain]
    assert (found[0].themes, found[0].barriers) == (["care"], ["money"])


def test_rare_words_weigh_more_than_common_ones():
    for _ in range(6):
        write(title="Data och gata", today="Miljö", wish="Trafik")
    rare = write(title="Vadmal och linne", today="Sjögräs", wish="Trafik")

    found = queries.similar_to(READER, "data gata vadmal linne")
    assert found[0].challenge == rare
    assert len(found) == 3


def test_words_that_every_text_holds_make_no_likeness():
    write(title="Kan vi göra något?", today="Hur kan alla få det här?", wish="Vem vill redan?")

    assert queries.similar_to(READER, "Hur kan vi göra så att alla vill redan nästa gång?") == []


def test_a_challenge_is_not_like_itself():
    ice, twin = write(**ICE), write(**ICE)

    assert [likeness.challenge for likeness in queries.like(READER, ice)] == [twin]


def test_a_strangers_draft_is_like_nothing():
    draft = write(**ICE, state=State.DRAFT)

    assert queries.similar_to(READER, ICE["title"] + ICE["today"]) == []
    colleague = member_of(draft.owner)
    found = queries.similar_to(colleague, ICE["title"] + " " + ICE["today"])
    assert [likeness.challenge for likeness in found] == [draft]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_any_text_can_be_compared(text):
    for likeness in queries.similar_to(READER, text + " gata'n\\"):
        assert len(likeness.words) >= 2


@pytest.mark.parametrize("count", [1, 3])
def test_likeness_takes_three_queries(django_assert_num_queries, count):
    for _ in range(count):
        write(**ICE)

    with django_assert_num_queries(3):
        assert len(queries.similar_to(READER, "sandning av gångvägar")) == count
