import pytest

from hakapa.accounts.tests.factories import MembershipFactory, UserFactory, member_of, officer_of
from hakapa.challenges.models import Challenge, SharedNeed
from hakapa.challenges.tests.factories import SharedNeedFactory
from hakapa.kernel.tests.pages import address, main_of, words_of
from hakapa.process.models import Event

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def state():
    return Challenge.objects.get().state


def url(name, challenge, *more):
    return address(f"challenges:{name}", challenge.pk, *more)


def test_a_draft_is_opened_to_everybody(client, draft):
    client.force_login(member_of(draft.owner))
    answer = client.post(url("publish", draft))

    assert (answer["Location"], state()) == (url("detail", draft), "open")
    client.logout()
    assert client.get(url("detail", draft)).status_code == 200


def test_opening_what_is_open_comes_too_late(client, challenge, member):
    client.force_login(member)
    page = client.post(url("publish", challenge))

    assert page.status_code == 409
    assert "What you wrote" not in main_of(page)


def test_a_challenge_is_closed_with_a_reason_that_stays_in_sight(client, challenge, officer):
    client.force_login(officer)
    assert "Why can the challenge be closed?" in main_of(client.get(url("close", challenge)))
    answer = client.post(url("close", challenge), {"why": "Vi har löst det"})

    assert (answer["Location"], state()) == (url("detail", challenge), "closed")
    assert "Umeå closed the challenge: Vi har löst det" in main_of(
        client.get(url("detail", challenge))
    )


def test_closing_without_a_reason_is_refused(client, challenge, officer):
    client.force_login(officer)
    page = client.post(url("close", challenge), {"why": " \u200b "})

    assert "This field is required." in main_of(page)
    assert state() == "open"


def test_a_closed_challenge_is_opened_again(client, closed):
    client.force_login(officer_of(closed.owner))

    assert client.post(url("reopen", closed))["Location"] == url("detail", closed)
    assert state() == "open"


def test_opening_again_is_for_who_speaks_for_the_owner(client, closed):
    client.force_login(member_of(closed.owner))

    assert client.post(url("reopen", closed)).status_code == 403
    assert state() == "closed"


@pytest.mark.parametrize("name", ["publish", "reopen", "share"])
def test_no_page_is_moved_by_opening_it(client, draft, name):
    client.force_login(officer_of(draft.owner))

    assert client.get(url(name, draft)).status_code == 405
    assert state() == "draft"


@pytest.mark.parametrize("name", ["publish", "reopen", "share"])
def test_a_stranger_signs_in_first(client, challenge, name):
    answer = client.post(url(name, challenge))

    assert answer["Location"].startswith(f"{address('account_login')}?next=")


def share(client, challenge, organisation, note="Hos oss med", **headers):
    told = {"organisation": organisation.pk, "note": note}
    return client.post(url("share", challenge), told, headers=headers)


def test_we_have_it_too(client, challenge, stranger, neighbour):
    client.force_login(stranger)
    answer = share(client, challenge, neighbour)

    assert answer["Location"] == url("detail", challenge)
    assert [(n.organisation, n.note) for n in SharedNeed.objects.all()] == [
        (neighbour, "Hos oss med")
    ]
    words = main_of(client.get(url("detail", challenge)))
    assert "2 organisations have this challenge" in words
    assert "Ale: Hos oss med Take back" in words
    assert "We have it too" not in words  # who has said it is not asked again


def test_htmx_gets_the_same_part_of_the_page_alone(client, challenge, stranger, neighbour):
    client.force_login(stranger)
    part = share(client, challenge, neighbour, **HTMX)

    html = part.content.decode()
    assert part.status_code == 200
    assert html.strip().startswith('<section class="card" id="sharing"')
    assert "<html" not in html
    assert "2 organisations have this challenge" in words_of(part)
    noted = "Noted: you have it too."
    assert 'tabindex="-1" autofocus>' in html
    whole = client.get(url("detail", challenge))
    assert words_of(part).replace(f"{noted} ", "") in main_of(whole)
    assert noted in words_of(part)
    assert noted not in main_of(whole)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_faulty_note_is_said_beside_its_field_and_kept(
    client, challenge, stranger, neighbour, headers
):
    client.force_login(stranger)
    answer = share(client, challenge, neighbour, note="å" * 81, **headers)

    assert answer.status_code == 200
    assert "A word has more than 80 characters. Put in a space." in words_of(answer)
    assert "å" * 81 in answer.content.decode()
    assert ("<html" in answer.content.decode()) == (not headers)
    assert not SharedNeed.objects.exists()


def test_nobody_says_it_for_others(client, challenge, stranger, member):
    client.force_login(stranger)
    answer = share(client, challenge, challenge.owner)

    assert (answer.status_code, SharedNeed.objects.count()) == (200, 0)
    client.force_login(UserFactory.create())
    assert share(client, challenge, challenge.owner).status_code == 403


def test_who_works_for_several_chooses_which(client, challenge, stranger):
    other = MembershipFactory.create(user=stranger).organisation
    client.force_login(stranger)
    share(client, challenge, other)

    assert SharedNeed.objects.get().organisation == other


def test_a_draft_is_shared_by_nobody(client, draft):
    client.force_login(member_of(draft.owner))

    assert share(client, draft, draft.owner).status_code == 403


def test_it_is_taken_back(client, challenge, stranger, neighbour):
    SharedNeedFactory.create(challenge=challenge, organisation=neighbour)
    client.force_login(stranger)
    answer = client.post(url("unshare", challenge, neighbour.pk))

    assert answer["Location"] == url("detail", challenge)
    assert not SharedNeed.objects.exists()
    assert Event.objects.get().organisation == neighbour


def test_it_is_taken_back_by_nobody_else(client, challenge, member, neighbour):
    SharedNeedFactory.create(challenge=challenge, organisation=neighbour)
    client.force_login(member)

    assert client.post(url("unshare", challenge, neighbour.pk)).status_code == 403
    assert client.post(url("unshare", challenge, 0)).status_code == 404
    assert client.get(url("unshare", challenge, neighbour.pk)).status_code == 405
    assert SharedNeed.objects.count() == 1


def test_what_is_closed_is_not_taken_back(client, closed, stranger, neighbour):
    SharedNeedFactory.create(challenge=closed, organisation=neighbour)
    client.force_login(stranger)

    assert client.post(url("unshare", closed, neighbour.pk)).status_code == 409
