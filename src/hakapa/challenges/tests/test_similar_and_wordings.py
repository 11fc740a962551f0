import pytest

from hakapa.challenges import actions
from hakapa.challenges.tags import Theme
from hakapa.challenges.tests.factories import (
    ChallengeFactory,
)
from hakapa.kernel.tests.pages import address, main_of

pytestmark = pytest.mark.django_db
LIST = address("challenges:index")


def page_of(challenge, language="en"):
    return address("challenges:detail", challenge.pk, language=language)


def titles_on(page):
    return [challenge.title for challenge in page.context["page_obj"]]


@pytest.mark.parametrize("text", ["sandning av gångvägar", ""])
def test_similar_challenges_are_shown_while_writing(client, text):
    ice = ChallengeFactory.create(title="Sandning", today="Gångvägar", themes=[Theme.CARE])
    ask = {"title": text, "themes": ["care"], "today": "", "wish": ""}
    page = client.get(address("challenges:similar"), ask)

    shown = ice.title in page.content.decode()
    assert shown == bool(text)
    if shown:
        words = " ".join(page.content.decode().split())
        assert "because both say gångvägar, sandning" in words
        assert "· same subject: care" in words
        assert "same barrier" not in words
    assert "<html" not in page.content.decode()


def test_similar_leaves_out_the_one_being_written(client):
    ice = ChallengeFactory.create(title="Sandning", today="Gångvägar")
    ask = {"title": "sandning av gångvägar", "but_not": ice.pk}

    assert ice.title not in client.get(address("challenges:similar"), ask).content.decode()


@pytest.mark.parametrize(
    "ask",
    [{"but_not": "x"}, {"but_not": "9" * 40}, {"but_not": "²"}, {"title": "a'b\\"}, {}],
)
def test_odd_questions_of_likeness_break_nothing(client, ask):
    assert client.get(address("challenges:similar"), ask).status_code == 200


def test_the_wordings_are_listed_with_what_changed(client, member, challenge):
    before = challenge.title
    actions.improve(challenge, by=member, words={"title": "Klarare"})
    actions.improve(challenge, by=member, words={"barriers": ["money"]})
    page = client.get(address("challenges:wordings", challenge.pk))

    words = main_of(page)
    assert f"Title {before} Klarare" in words
    assert "Bring this wording back" not in words
    client.force_login(member)
    words = main_of(client.get(address("challenges:wordings", challenge.pk)))
    assert words.count("Bring this wording back") == 1
