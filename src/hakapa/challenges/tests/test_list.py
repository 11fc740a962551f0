import csv
import io

import pytest
from openpyxl import load_workbook

from hakapa.accounts.tests.factories import (
    member_of,
)
from hakapa.challenges.lifecycle import State
from hakapa.challenges.tags import Theme
from hakapa.challenges.tests.factories import (
    ChallengeFactory,
    SharedNeedFactory,
    whole_challenge,
)
from hakapa.kernel.tests.pages import address, headings_of, main_of

pytestmark = pytest.mark.django_db
LIST = address("challenges:index")


def page_of(challenge, language="en"):
    return address("challenges:detail", challenge.pk, language=language)


def titles_on(page):
    return [challenge.title for challenge in page.context["page_obj"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_nine_queries(client, django_assert_num_queries, count):
    for _ in range(count):
        whole_challenge()
    client.get(LIST)

    # how many, which, the owners to choose among, whether this is the demo
    with django_assert_num_queries(9):
        page = client.get(LIST)
    assert len(titles_on(page)) == count


def test_the_list_shows_the_newest_first_with_what_a_reader_chooses_by(client):
    SharedNeedFactory.create(challenge=whole_challenge(title="Halka", owner__name="Umeå"))
    ChallengeFactory.create(title="Nyare")

    page = client.get(LIST)
    assert titles_on(page) == ["Nyare", "Halka"]
    assert headings_of(page) == ["2 challenges"]
    assert "Halka Bättre ord Umeå · 3 more have it open care" in main_of(page)


def test_one_more_is_told_as_one(client):
    SharedNeedFactory.create()
    page = client.get(LIST)

    assert "1 more has it" in main_of(page)
    assert headings_of(page) == ["1 challenge"]


def test_a_strangers_draft_is_not_on_the_list(client, draft):
    assert titles_on(client.get(LIST)) == []
    client.force_login(member_of(draft.owner))
    assert titles_on(client.get(LIST)) == [draft.title]


def test_the_list_is_narrowed_by_the_form(client):
    iot = whole_challenge(title="Sensorer på vift")
    ChallengeFactory.create(themes=[Theme.CLIMATE], state=State.IN_LAB)

    for choice in (
        {"words": "sensor"}, {"theme": "care"}, {"barrier": "money"}, {"owner": iot.owner_id},
        {"state": "open"},
    ):  # fmt: skip
        assert titles_on(client.get(LIST, choice)) == ["Sensorer på vift"], choice


@pytest.mark.parametrize(
    "choice", [{"theme": "football"}, {"owner": "0"}, {"owner": "9" * 30}, {"words": "x" * 101}]
)
def test_a_choice_that_does_not_exist_narrows_nothing(client, challenge, choice):
    assert titles_on(client.get(LIST, choice)) == [challenge.title]


def test_an_empty_list_says_what_to_do(client):
    assert "be the first to present it" in main_of(client.get(LIST))


def test_a_long_list_has_pages_that_keep_the_choice(client):
    ChallengeFactory.create_batch(21, themes=[Theme.CARE])

    page = client.get(LIST, {"theme": "care"})
    assert len(titles_on(page)) == 20
    assert "Page 1 of 2" in main_of(page)
    assert 'href="?theme=care&amp;page=2"' in page.content.decode()
    assert len(titles_on(client.get(LIST, {"theme": "care", "page": 2}))) == 1
    assert len(titles_on(client.get(LIST, {"page": "sist"}))) == 20


def test_the_list_is_downloaded_with_all_its_columns(client):
    challenge = whole_challenge(title="+46 är ett nummer", owner__name="Umeå")
    ChallengeFactory.create(state=State.DRAFT)

    answer = client.get(address("challenges:list", "csv"))
    heads, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert dict(zip(heads, row, strict=True)) == {
        "id": str(challenge.pk),
        "Title": "'+46 är ett nummer",
        "Owner": "Umeå",
        "State": "open",
        "How is it today?": challenge.today,
        "What do you wish for?": "Bättre ord",
        "Themes": "care",
        "Barriers": "money",
        "Cost per year, kronor": "460000.0",
        "Have it too": "2",
        "Address": f"http://localhost:8000{page_of(challenge)}",
    }
    assert answer["Content-Disposition"] == 'attachment; filename="challenges.csv"'


def test_the_workbook_holds_what_was_chosen(client):
    whole_challenge(title="Halka")
    ChallengeFactory.create(title="Annat")

    answer = client.get(address("challenges:list", "xlsx"), {"theme": "care"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[1] for row in rows] == ["Title", "Halka"]
    answer = client.get(address("challenges:list", "xlsx"), {"words": "Annat"})
    assert list(load_workbook(io.BytesIO(answer.content)).active.values)[1][8] is None


def test_another_form_of_the_list_does_not_exist(client):
    assert client.get(address("challenges:list", "ods")).status_code == 404
