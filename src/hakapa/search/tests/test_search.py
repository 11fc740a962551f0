from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import formats, timezone, translation

from hakapa.accounts.tests.factories import OrganisationFactory, member_of
from hakapa.challenges import actions
from hakapa.challenges.lifecycle import State
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.commitments.tests.factories import CommitmentFactory
from hakapa.kernel.tests.pages import address, headings_of, main_of, words_of
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.tests.factories import ContributionFactory, LabFactory
from hakapa.proposals.tests.factories import ProposalFactory
from hakapa.search import queries

pytestmark = pytest.mark.django_db
READER = AnonymousUser()
SEARCH = address("search:search")


def found(words, user=READER):
    with translation.override("en"):
        return {
            kind.kind: [str(find.thing) for find in kind.finds]
            for kind in queries.find(words, user)
        }


def things_of(found):
    return [[find.thing for find in kind.finds] for kind in found]


@pytest.fixture
def ice():
    return ChallengeFactory.create(
        title="Halkbekämpning på gångvägar",
        today="Förvaltningarna sandar var för sig.",
        wish="Hur räknar vi nyttan?",
        affected="Fotgängare",
        tried="En gemensam mapp",
    )


@pytest.mark.parametrize(
    "words",
    [
        "halkbekämpningen", "gångväg", "GÅNGVÄGARNA", "sandade", "förvaltning", "räkna nyttan",
        "fotgängarna", "mappen",
    ],
)  # fmt: skip
def test_a_whole_word_is_found_in_another_swedish_form(ice, words):
    assert found(words) == {"Challenges": [ice.title]}


@pytest.mark.parametrize("words", ["halkb", "gång", "Halkbekämpning gångv"])
def test_the_beginning_of_a_word_finds_a_title(ice, words):
    assert found(words) == {"Challenges": [ice.title]}


def test_words_that_nobody_wrote_find_nothing(ice):
    assert found("vulkan") == {}
    assert found("bekämpning") == {}


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_no_words_find_nothing(ice, words):
    assert found(words) == {}


@pytest.mark.parametrize("words", ["'", '"', "a & | !", ":*", "\\", "%_", "-", "(", "'; --", "<->"])
def test_odd_words_break_nothing(ice, words):
    assert set(found(words)) <= {"Challenges"}
    assert set(found(f"halk {words}")) <= {"Challenges"}


def test_every_kind_is_found_under_its_name():
    organisation = OrganisationFactory.create(name="Vadstena vadmal")
    challenge = ChallengeFactory.create(title="Vadmal åt alla", owner=organisation)
    lab = LabFactory.create(title="Vadmalslabb", purpose="Vadmal", challenges=[challenge])
    proposal = ProposalFactory.create(title="Väv vadmal", lab=lab)

    assert found("vadmal") == {
        "Challenges": [str(challenge)],
        "Labs": [str(lab)],
        "Proposals": [str(proposal)],
        "Organisations": [str(organisation)],
    }


def test_a_draft_is_found_by_its_owners_people_only():
    draft = ChallengeFactory.create(title="Vadmal", state=State.DRAFT)
    lab = LabFactory.create(title="Vadmal i hemlighet", state=LabState.PLANNED, challenges=[])

    for stranger in (READER, member_of(OrganisationFactory.create())):
        assert found("vadmal", stranger) == {}
        assert found("vadm", stranger) == {}
    assert found("vadmal", member_of(draft.owner)) == {"Challenges": ["Vadmal"]}
    assert found("vadmal", member_of(lab.host)) == {"Labs": ["Vadmal i hemlighet"]}


def test_what_is_changed_is_found_by_its_new_words(ice):
    actions.improve(ice, by=member_of(ice.owner), words={"title": "Vadmal"})

    assert found("vadmal") == {"Challenges": ["Vadmal"]}
    assert found("halkbekämpning") == {}


def test_a_word_in_the_title_comes_before_one_in_the_text():
    text = ChallengeFactory.create(title="Kläder", today="Vi saknar vadmal och linne.")
    title = ChallengeFactory.create(title="Vadmal")

    assert found("vadmal") == {"Challenges": [str(title), str(text)]}


@pytest.mark.parametrize(("count", "has_more"), [(10, False), (11, True)])
def test_at_most_ten_of_a_kind_are_shown_and_that_there_are_more_is_told(client, count, has_more):
    ChallengeFactory.create_batch(count, title="Vadmal")

    assert found("vadmal") == {"Challenges": ["Vadmal"] * 10}
    assert ("There are more." in main_of(client.get(SEARCH, {"q": "vadmal"}))) == has_more


def test_the_page_lists_what_was_found(client, ice):
    page = client.get(SEARCH, {"q": " halkbekämpning "})

    assert headings_of(page) == ["Challenges"]
    assert f'href="/en/utmaningar/{ice.pk}/"' in page.content.decode()
    assert 'value="halkbekämpning"' in page.content.decode()
    assert "<title>Search: halkbekämpning · Hakapå</title>" in page.content.decode()


def test_every_find_says_what_tells_it_from_others(client):
    lab = LabFactory.create(title="Vadmalslabb", host__name="Ale", state=LabState.CLOSED)
    proposal = ProposalFactory.create(title="Väv vadmal", lab=lab)
    CommitmentFactory.create(
        proposal=proposal,
        state="taken",
        next_step="Sätta upp vadmal",
        due=date(2030, 1, 1),
        answered_on=date(2026, 1, 1),
    )
    ContributionFactory.create(text="Vadmal värmer", kind="insight", lab=lab)
    ChallengeFactory.create(title="Vadmal", owner__name="Lund", state=State.IN_HAND)
    OrganisationFactory.create(name="Vadmal AB", kind="company", county="Skåne")

    words = main_of(client.get(SEARCH, {"q": "vadmal"}))

    assert "Vadmal Lund · in hand" in words
    assert f"Vadmalslabb {formats.date_format(timezone.localtime(lab.starts_at))} · Ale" in words
    assert "Väv vadmal Vadmalslabb · waits for receivers" in words
    assert "Väv vadmal Sätta upp vadmal · on its way" in words
    assert "Vadmal värmer insight · Vadmalslabb" in words
    assert "Vadmal AB Company · Skåne" in words


def test_what_is_found_in_another_language_is_marked(client, ice):
    html = client.get(SEARCH, {"q": "halkbekämpning"}).content.decode()

    assert f'href="/en/utmaningar/{ice.pk}/" lang="sv">{ice.title}</a>' in html


def test_the_empty_page_says_what_can_be_found(client):
    assert "The beginning of a word is enough." in main_of(client.get(SEARCH))


def test_nothing_found_says_what_to_try(client):
    words = main_of(client.get(SEARCH, {"q": "vulkan"}))

    assert "Nothing holds those words" in words
    assert "Try fewer words, or the beginning of one." in words


def test_htmx_gets_the_same_part_of_the_page_alone(client, ice):
    part = client.get(SEARCH, {"q": "halk"}, headers={"HX-Request": "true"})

    html = part.content.decode().strip()
    assert html.startswith('<div class="stack stack--loose" id="found"')
    assert "<html" not in html
    assert html in client.get(SEARCH, {"q": "halk"}).content.decode()
    assert ice.title in words_of(part)


def test_endless_words_are_cut_and_markup_stays_text(client):
    page = client.get(SEARCH, {"q": "<script>" + "x" * 300})

    assert page.status_code == 200
    assert page.context["words"] == "<script>" + "x" * 192
    assert "<script>x" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_seventeen_queries(client, django_assert_num_queries, count):
    for _ in range(count):
        ProposalFactory.create(title="Väv vadmal", lab__title="Vadmal")
        ChallengeFactory.create(title="Vadmal", owner__name=f"Vadmal {_}")
    client.get(SEARCH, {"q": "vadmal"})

    # six kinds: whole words, beginnings; of four what may be seen; whether this is the demo
    with django_assert_num_queries(17):
        page = client.get(SEARCH, {"q": "vadmal"})
    assert [len(kind.finds) for kind in page.context["found"]] == [count] * 4


def test_search_is_only_for_reading(client):
    assert client.post(SEARCH, {"q": "x"}).status_code == 405


def test_a_promise_is_found_by_its_next_step(client):
    promise = CommitmentFactory.create(
        state="taken",
        next_step="Sätta upp vadmal",
        due=date(2030, 1, 1),
        answered_on=date(2026, 1, 1),
    )

    found = client.get(SEARCH, {"q": "vadmal"}).context["found"]

    assert things_of(found) == [[promise]]


def test_what_was_written_is_found_when_the_lab_is_over(client):
    running = ContributionFactory.create(text="Väv vadmal i rummet")
    told = ContributionFactory.create(text="Väv vadmal hemma", lab__state="closed")
    ContributionFactory.create(
        text="Göm vadmal", lab=told.lab, hidden_at=timezone.now(), hidden_why="namn"
    )

    found = client.get(SEARCH, {"q": "vadmal"}).context["found"]

    assert things_of(found) == [[told]]
    assert running.text not in client.get(SEARCH, {"q": "vadmal"}).text
