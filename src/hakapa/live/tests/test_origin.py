import pytest
from starlette.datastructures import Headers

from hakapa.live.origin import is_from_elsewhere

HERE = {"host": "hakapa.example.se"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://hakapa.example.se"},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": "https://hakapa.example.se"},
    ],
)
def test_our_own_pages_may_ask(headers):
    assert not is_from_elsewhere(Headers({**HERE, **headers}))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://annan.example.se"},
        {"origin": "https://hakapa.example.se.annan.se"},
        {"origin": "null"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "https://hakapa.example.se"},
        {"sec-fetch-site": "same-origin", "origin": "https://hakapa.example.se:8443"},
    ],
)
def test_pages_of_others_may_not(headers):
    assert is_from_elsewhere(Headers({**HERE, **headers}))
