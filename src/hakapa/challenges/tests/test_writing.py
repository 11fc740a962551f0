import pytest

from hakapa.accounts.tests.factories import (
    UserFactory,
)
from hakapa.challenges import actions
from hakapa.challenges.models import Challenge
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.tests.pages import address, headings_of, main_of

pytestmark = pytest.mark.django_db
NEW = address("challenges:new")
LONG = "Det här skrev jag länge på och vill inte förlora."


@pytest.fixture
def writer(client, member):
    client.force_login(member)
    return member


def told(**changes):
    return {
        "title": "Halt på gångvägen",
        "today": "Många faller.",
        "wish": "Hur räknar vi nyttan?",
        "affected": "De som går",
        "tried": "",
        "owner_role": "gatuchef",
        "cost_of_nothing": "460 000",
        "themes": ["care", "mobility"],
        "barriers": ["money"],
        "unit_names": "Gata\r\n Äldreomsorg \r\n",
    } | changes


def urls_of(challenge, *names):
    return [address(f"challenges:{name}", challenge.pk) for name in names]


def test_the_form_asks_its_five_questions(client, writer, challenge):
    page = client.get(NEW)

    assert headings_of(page, 1) == ["Present a challenge"]
    assert list(page.context["form"].fields) == [
        "title", "today", "wish", "affected", "tried", "owner", "owner_role",
        "cost_of_nothing", "themes", "barriers", "unit_names",
    ]  # fmt: skip
    assert list(page.context["form"].fields["owner"].queryset) == [challenge.owner]


def test_a_draft_is_written(client, writer, challenge):
    answer = client.post(NEW, told(owner=challenge.owner_id))

    written = Challenge.objects.latest("pk")
    assert answer["Location"] == address("challenges:detail", written.pk)
    assert (written.title, written.state, written.language) == ("Halt på gångvägen", "draft", "en")
    assert (written.owner, written.author, written.owner_role) == (
        challenge.owner, writer, "gatuchef",
    )  # fmt: skip
    assert (written.cost_of_nothing, written.themes, written.barriers) == (
        46_000_000, ["care", "mobility"], ["money"],
    )  # fmt: skip
    assert [unit.name for unit in written.units.all()] == ["Gata", "Äldreomsorg"]
    assert "Saved as a draft." in client.get(answer["Location"]).content.decode()


def test_a_draft_needs_neither_cost_nor_tags_nor_departments(client, writer, challenge):
    bare = told(
        owner=challenge.owner_id, cost_of_nothing="", themes=[], barriers=[], unit_names="",
        owner_role="",
    )  # fmt: skip
    assert client.post(NEW, bare).status_code == 302

    written = Challenge.objects.latest("pk")
    assert (written.cost_of_nothing, written.themes, written.barriers) == (None, [], [])


def test_what_is_written_on_a_swedish_page_is_swedish(client, writer, challenge):
    client.post(
        address("challenges:new", language="sv"),
        told(owner=challenge.owner_id, cost_of_nothing="1 234,50"),
    )

    written = Challenge.objects.latest("pk")
    assert (written.language, written.cost_of_nothing) == ("sv", 123_450)


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"title": "x y" * 60}, "title", "Ensure this value has at most 140 characters"),
        ({"today": "å" * 81}, "today", "A word has more than 80 characters."),
        ({"cost_of_nothing": "mycket"}, "cost_of_nothing", "Enter a number."),
        ({"cost_of_nothing": "-1"}, "cost_of_nothing", "greater than or equal to 0"),
        ({"themes": ["football"]}, "themes", "football is not one of the available choices."),
        ({"unit_names": "x " * 501}, "unit_names", "at most 1000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_everything_written_is_kept(
    client, writer, challenge, wrong, field, why
):
    page = client.post(NEW, told(owner=challenge.owner_id, affected=LONG) | wrong)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert why in main_of(page)
    assert LONG in page.content.decode()
    assert Challenge.objects.count() == 1


def test_similar_challenges_are_shown_where_there_are_no_scripts_too(client, writer, challenge):
    ice = ChallengeFactory.create(title="Sandning", today="Gångvägar", barriers=["money"])
    wrong = {"title": "sandning av gångvägar", "wish": "", "barriers": ["money", "law"]}

    words = main_of(client.post(NEW, told(owner=challenge.owner_id) | wrong))

    assert ice.title in words
    assert "because both say gångvägar, sandning · same barrier: money" in words
    assert ice.title not in main_of(client.get(NEW))


def test_a_browser_leaves_it_to_us_to_say_what_is_wrong(client, writer):
    assert 'id="writing" novalidate' in client.get(NEW).content.decode()


def test_nobody_presents_a_challenge_for_others(client, writer, neighbour):
    page = client.post(NEW, told(owner=neighbour.pk))

    assert list(page.context["form"].errors) == ["owner"]
    assert not Challenge.objects.filter(owner=neighbour).exists()


def test_who_works_nowhere_is_told_what_to_do(client):
    client.force_login(UserFactory.create(email="eva@example.org"))
    for page in (client.get(NEW), client.post(NEW, told())):
        assert page.status_code == 403
        assert "First, which organisation do you work for?" in main_of(page)
        assert "eva@example.org" in main_of(page)


def test_a_strangers_first_step_is_to_sign_in(client, challenge):
    pages = [NEW, *urls_of(challenge, "improve", "goal", "measure", "close")]
    for page in pages:
        assert client.get(page)["Location"] == f"{address('account_login')}?next={page}"
        assert client.post(page, told()).status_code == 302
    assert Challenge.objects.count() == 1


def test_the_form_to_improve_shows_what_is_written(client, writer, challenge):
    actions.improve(
        challenge, by=writer, units=["Miljö", "Gata"],
        words={"cost_of_nothing": 12_345, "themes": ["iot"], "barriers": ["law"]},
    )  # fmt: skip
    form = client.get(address("challenges:improve", challenge.pk)).context["form"]

    assert "owner" not in form.fields
    assert form["title"].value() == challenge.title
    assert (form["themes"].value(), form["barriers"].value()) == (["iot"], ["law"])
    assert form["cost_of_nothing"].value() == "123.45"
    assert form["unit_names"].value() == "Gata\nMiljö"


def test_an_improvement_is_kept_with_the_earlier_wording(client, writer, challenge):
    answer = client.post(address("challenges:improve", challenge.pk), told(tried=LONG))

    assert answer["Location"] == address("challenges:detail", challenge.pk)
    challenge.refresh_from_db()
    assert (challenge.title, challenge.tried) == ("Halt på gångvägen", LONG)
    assert [unit.name for unit in challenge.units.all()] == ["Gata", "Äldreomsorg"]
    assert challenge.history.count() == 2


def test_saving_unchanged_changes_nothing(client, writer, challenge):
    actions.improve(challenge, by=writer, words={"cost_of_nothing": 123_456}, units=["Gata"])
    url = address("challenges:improve", challenge.pk)
    form = client.get(url).context["form"]
    sent = {f.name: f.value() for f in form if f.value() is not None}
    client.post(url, sent)

    kept = Challenge.objects.get()
    assert (kept.cost_of_nothing, kept.title) == (123_456, challenge.title)
    assert [unit.name for unit in kept.units.all()] == ["Gata"]


def test_a_faulty_improvement_keeps_what_was_written(client, writer, challenge):
    page = client.post(address("challenges:improve", challenge.pk), told(title="", today=LONG))

    assert "One thing needs another look" in main_of(page)
    assert LONG in page.content.decode()
    assert Challenge.objects.get().today == challenge.today


def test_an_earlier_wording_is_brought_back(client, writer, challenge):
    first = challenge.history.get().history_id
    actions.improve(challenge, by=writer, words={"title": "Sämre"})
    answer = client.post(address("challenges:restore", challenge.pk, first))

    assert answer["Location"] == address("challenges:detail", challenge.pk)
    assert Challenge.objects.get().title == challenge.title


def test_a_wording_of_something_else_is_not_found(client, writer, challenge):
    other = ChallengeFactory.create().history.get().history_id
    for number in (other, 0):
        url = address("challenges:restore", challenge.pk, number)
        assert client.post(url).status_code == 404
    assert client.get(url).status_code == 405
