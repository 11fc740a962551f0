import pytest
from django.http import QueryDict
from django.template import Context
from django.test import RequestFactory

from hakapa.kernel.templatetags.words import foreign, in_language, query_with


def at(path):
    return Context({"request": RequestFactory().get(path)})


@pytest.mark.parametrize(
    ("path", "code", "there"),
    [
        ("/utmaningar/7/", "en", "/en/utmaningar/7/"),
        ("/utmaningar/?theme=care&page=2", "en", "/en/utmaningar/?theme=care&page=2"),
        ("/utmaningar/7/", "sv", "/utmaningar/7/"),
        ("/finns/inte/", "en", "/finns/inte/"),
    ],
)
def test_the_other_language_keeps_the_page(path, code, there):
    assert in_language(at(path), code) == there


def test_a_changed_query_keeps_the_rest():
    query = query_with(at("/?theme=care&page=2&theme=iot"), page=3, words="å & ä")

    told = QueryDict(query.removeprefix("?"))
    assert dict(told.lists()) == {
        "theme": ["care", "iot"], "page": ["3"], "words": ["å & ä"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "marked"), [("sv", ""), ("en", "en"), ("", ""), ('"><script>', "")]
)
def test_only_another_known_language_is_marked(language, marked):
    assert foreign(language, "sv") == marked
