import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from hakapa.accounts.tests.factories import OrganisationFactory, UserFactory, member_of, officer_of
from hakapa.challenges.lifecycle import State
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.tests.pages import address, headings_of, main_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("hakapa.web.tests.broken_urls")]
HEADINGS = {
    400: "That could not be read",
    403: "You may not do that",
    404: "There is nothing here",
    409: "Somebody was here before you",
    413: "That was too much at once",
    429: "A little too fast",
    500: "Something broke on our side",
}


@pytest.fixture
def client():
    """A visitor who sees what a server that breaks shows."""
    return Client(raise_request_exception=False)


def start_of(language):
    return address("web:start", language=language)


def closed_of(client):
    challenge = ChallengeFactory.create(state=State.CLOSED)
    client.force_login(officer_of(challenge.owner))
    return challenge


def bad_request(client, language):
    return client.get(address("search:search", language=language), {"q": "a\x00b"})


def forbidden(client, language):
    client.force_login(member_of(OrganisationFactory.create()))
    return client.get(address("accounts:new", language=language))


def not_found(client, language):
    return client.get(f"{start_of(language)}finns/inte/")


def too_late(client, language):
    challenge = closed_of(client)
    return client.post(address("challenges:publish", challenge.pk, language=language))


def too_much(client, language):
    challenge = ChallengeFactory.create()
    client.force_login(officer_of(challenge.owner))
    url = address("challenges:close", challenge.pk, language=language)
    return client.post(url, {"why": "x" * 1_000_001})


def too_fast(client, language):
    cache.clear()
    url = address("account_login", language=language)
    told = {"login": "eva@example.org", "password": "fel"}
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"}):
        client.post(url, told)
        answer = client.post(url, told)
    cache.clear()
    return answer


def broken(client, language):
    return client.get(f"{start_of(language)}sonder/")


REFUSALS = {
    400: bad_request,
    403: forbidden,
    404: not_found,
    409: too_late,
    413: too_much,
    429: too_fast,
    500: broken,
}


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_says_in_plain_words_what_happened_and_what_to_do(client, status):
    page = REFUSALS[status](client, "en")

    assert page.status_code == status
    assert headings_of(page, 1) == [HEADINGS[status]]
    assert f"<title>{HEADINGS[status]} · Hakapå</title>" in page.content.decode()
    words = main_of(page)
    assert any(calm in words for calm in ("Nothing was", "is safe"))
    assert "Traceback" not in words


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_is_told_in_the_pages_language(client, status):
    page = REFUSALS[status](client, "sv")

    assert page.status_code == status
    assert '<html lang="sv">' in page.content.decode()
    (heading,) = headings_of(page, 1)
    assert heading
    assert heading != HEADINGS[status]


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_has_the_sites_frame_and_a_way_on(client, status):
    html = REFUSALS[status](client, "en").content.decode()

    assert 'class="site-head"' in html
    assert 'class="site-foot"' in html
    main = html[html.index("<main") : html.index("</main>")]
    assert 'href="' in main


def test_a_suspicious_request_could_not_be_read(client):
    assert headings_of(client.get("/en/misstankt/"), 1) == [HEADINGS[400]]


def test_a_form_from_elsewhere_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory.create())
    page = client.post(address("accounts:me"), {"name": "Ett namn som är långt nog att sakna"})

    assert (page.status_code, headings_of(page, 1)) == (403, ["The page had grown too old"])
    assert page.context["written"] == ["Ett namn som är långt nog att sakna"]


def test_too_late_shows_long_texts_and_no_choices(client):
    challenge = closed_of(client)
    why = "Vi har löst det <b>tillsammans</b>\nmed grannen"
    page = client.post(
        address("challenges:close", challenge.pk), {"why": why, "csrfmiddlewaretoken": "x" * 64}
    )

    assert page.context["written"] == [why]
    assert "Vi har löst det &lt;b&gt;tillsammans&lt;/b&gt;<br>med grannen" in page.content.decode()


def test_too_late_without_words_offers_nothing_to_copy(client):
    assert "What you wrote" not in main_of(too_late(client, "en"))
