import re

import pytest
from django.utils import translation

from hakapa.accounts.tests.factories import OrganisationFactory, UserFactory, member_of
from hakapa.challenges.tests.factories import whole_challenge
from hakapa.kernel.tests.pages import address

pytestmark = pytest.mark.django_db
PAGES = {
    "start": ("web:start",),
    "about": ("web:about",),
    "accessibility": ("web:accessibility",),
    "privacy": ("web:privacy",),
    "open data": ("web:open_data",),
    "challenges": ("challenges:index",),
    "challenge": ("challenges:detail", "pk"),
    "wordings": ("challenges:wordings", "pk"),
    "similar": ("challenges:similar",),
    "organisations": ("accounts:index",),
    "organisation": ("accounts:organisation", "owner_id"),
    "search": ("search:search",),
}
FILES = {
    "feed": ("challenges:feed",),
    "csv": ("challenges:list", "csv"),
    "xlsx": ("accounts:list", "xlsx"),
}


@pytest.fixture
def open_(client):
    """Open the named page as a reader."""
    challenge = whole_challenge()

    def opened(name, language="en"):
        url_name, *args = {**PAGES, **FILES}[name]
        values = [getattr(challenge, arg, arg) for arg in args]
        return client.get(address(url_name, *values, language=language))

    return opened


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", [*PAGES, *FILES])
def test_a_reader_gets_the_page_and_no_cookie(open_, name, language):
    answer = open_(name, language)

    assert answer.status_code == 200
    assert dict(answer.cookies) == {}


def test_a_reader_of_the_api_or_of_nothing_gets_no_cookie(client):
    for path in ("/api/v1/challenges", "/api/v1/openapi.json", "/en/finns/inte/", "/"):
        assert dict(client.get(path).cookies) == {}


def security_of(answer):
    names = (
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
    )
    return {name: answer.get(name) for name in names}


@pytest.mark.parametrize(
    "path",
    [
        "/", "/en/utmaningar/", "/utmaningar/atom.xml", "/utmaningar/lista.csv", "/finns/inte/",
        "/utmaningar/ny/", "/api/v1/challenges", "/sok/?q=%00", "/konto/login/",
    ],
)  # fmt: skip
def test_every_answer_carries_the_security_headers(client, path):
    answer = client.get(path)

    assert security_of(answer) == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert policy_of(answer)["default-src"] == ["'none'"]


def policy_of(answer):
    directives = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in directives}


def test_nothing_from_elsewhere_and_nothing_inline_is_let_in(client):
    policy = policy_of(client.get("/"))

    assert policy == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_nothing_that_the_policy_would_stop(open_, name):
    html = open_(name).content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)", html), "an inline script"
    assert not re.search(r"<style", html), "an inline sheet"
    assert not re.search(r"\sstyle=", html), "an inline style"
    assert not re.search(r"\son[a-z]+=", html), "an inline handler"
    elsewhere = re.findall(r"(?:src|<link[^>]*href)=\"(https?://[^\"]+)", html)
    assert elsewhere == []


@pytest.mark.parametrize("name", PAGES)
def test_the_language_switch_keeps_the_page(open_, name):
    if name == "similar":  # a part of a page
        return
    swedish, english = open_(name, "sv"), open_(name, "en")
    there, back = english.request["PATH_INFO"], swedish.request["PATH_INFO"]

    assert there == f"/en{back}"
    assert f'<a class="site-tool" href="{there}" hreflang="en"' in swedish.content.decode()
    assert f'<a class="site-tool" href="{back}" hreflang="sv"' in english.content.decode()
    assert '<html lang="sv">' in swedish.content.decode()
    assert '<html lang="en">' in english.content.decode()


def test_the_language_switch_keeps_what_was_asked_for(client):
    html = client.get("/utmaningar/?theme=care&page=1").content.decode()

    assert 'href="/en/utmaningar/?theme=care&amp;page=1"' in html


def test_the_address_alone_decides_the_language(client):
    page = client.get("/", headers={"Accept-Language": "en"})

    assert '<html lang="sv">' in page.content.decode()
    assert page.get("Location") is None


def test_one_cookie_is_set_when_somebody_signs_in(client):
    user = UserFactory.create(email="eva@example.org")
    user.set_password("tillsammans-ar-bast")
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    with translation.override("en"):
        answer = client.post(
            address("account_login"),
            {"login": "Eva@example.org", "password": "tillsammans-ar-bast"},
        )

    assert (answer.status_code, answer["Location"]) == (302, address("web:start"))
    cookie = answer.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert {n for n, morsel in answer.cookies.items() if morsel.value} <= {
        "sessionid", "messages",
    }  # fmt: skip
    assert "My page" in client.get("/en/").content.decode()


def test_pages_for_readers_take_no_writing(client):
    for name in ("start", "about", "accessibility", "privacy", "open_data"):
        assert client.post(address(f"web:{name}")).status_code == 405


def test_who_is_signed_in_sees_the_way_to_their_own_page(client):
    assert address("accounts:me") not in client.get("/en/").content.decode()
    client.force_login(member_of(OrganisationFactory.create()))
    html = client.get("/en/").content.decode()
    assert address("accounts:me") in html
    assert address("account_login") not in html
