import pytest
from django.conf import settings

from hakapa.accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MINE = "/organisationer/jag/"


@pytest.mark.parametrize("key", ["aaaaaaaaaa\0bbbbbbbb", "å" * 32, "a" * 31, "a" * 33, "'; DROP"])
def test_a_key_that_was_never_ours_is_no_session(client, key):
    client.cookies[settings.SESSION_COOKIE_NAME] = key

    assert client.get(MINE).status_code == 302


def test_a_key_of_ours_is_a_session(client):
    client.force_login(UserFactory.create())

    assert client.get(MINE).status_code == 200
