import pytest

from hakapa.accounts.tests.factories import UserFactory
from hakapa.kernel.tests.pages import address, main_of, words_of
from hakapa.notices.models import Notice
from hakapa.process.moving import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(commitment, reader, follows, heard, client):
    """Somebody signed in who follows a proposal to which something has happened."""
    follows(reader, commitment.proposal)
    record(commitment.proposal, "merge", by=None)
    heard()
    client.force_login(reader)
    return commitment.proposal


def test_the_bell_counts_what_is_new(told, client):
    assert "Notices 1 that is new" in words_of(client.get("/en/"))
    assert "Notices 1 that is new" in words_of(client.get(address("notices:count")))


def test_a_stranger_has_no_bell(told, client):
    client.logout()

    assert "Notices" not in words_of(client.get("/en/"))
    assert client.get(address("notices:count")).status_code == 204
    assert client.get(address("notices:index")).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_bell_takes_one_query_more(
    told, client, reader, count, heard, django_assert_num_queries
):
    for _ in range(count - 1):
        record(told, "merge", by=None)
    heard()
    with django_assert_num_queries(4):  # session, person, roles, how many
        client.get(address("notices:count"))


def test_the_list_tells_what_happened_and_is_taken_as_read(told, client):
    page = client.get(address("notices:index"))
    assert told.title in main_of(page)
    assert "You follow it." in main_of(page)
    assert client.post(address("notices:read"), {"until": page.context["until"]}).status_code == 302

    assert Notice.objects.get().read_at
    assert "that is new" not in words_of(client.get(address("notices:index")))


def test_what_came_while_the_list_was_read_stays_new(told, client, heard):
    until = client.get(address("notices:index")).context["until"]
    record(told, "merge", by=None)
    heard()
    client.post(address("notices:read"), {"until": until})

    assert Notice.objects.filter(read_at=None).count() == 1


@pytest.mark.parametrize("until", ["", "yesterday", "2026-13-99T00:00:00", "2026-11-25T10:00:00"])
def test_a_moment_that_is_none_changes_nothing(told, client, until):
    client.post(address("notices:read"), {"until": until})

    assert Notice.objects.get().read_at is None


def test_nobody_reads_anothers_notices(told, client):
    client.force_login(UserFactory.create())

    page = client.get(address("notices:index"))
    assert "Nothing yet" in main_of(page)
    client.post(address("notices:read"), {"until": page.context["until"]})
    assert Notice.objects.get().read_at is None


def test_my_page_leads_to_the_notices(told, client):
    assert "1 new notice" in main_of(client.get(address("accounts:me")))
    Notice.objects.all().delete()
    assert "No new notices" in main_of(client.get(address("accounts:me")))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_however_long(
    told, client, heard, count, django_assert_num_queries
):
    for _ in range(count - 1):
        record(told, "merge", by=None)
    heard()
    with django_assert_num_queries(11):
        client.get(address("notices:index"))
