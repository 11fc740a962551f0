import pytest

from hakapa.accounts.tests.factories import OrganisationFactory
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.tests.pages import address, headings_of, main_of
from hakapa.labs import actions
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.labs.tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db
NEW = address("labs:new")
PLAN = address("labs:plan", "varldskafe")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def written(host, challenge):
    return {
        "title": "Kafé om halka",
        "host": host.pk,
        "challenges": [challenge.pk],
        "starts_at": "2026-12-03T18:00",
        "place": "Biblioteket",
    }


@pytest.mark.parametrize("url", [NEW, PLAN])
def test_planning_asks_strangers_to_sign_in(client, url):
    assert "konto/login" in client.get(url).url


def test_who_works_nowhere_is_told_what_to_do(client, visitor):
    client.force_login(visitor)
    page = client.get(NEW)

    assert page.status_code == 403
    assert "which organisation do you work for" in main_of(page)
    assert client.get(PLAN).status_code == 403


def test_the_eight_templates_are_shown_with_minutes_and_phases(client, leader):
    client.force_login(leader)
    page = client.get(NEW, {"utmaning": "7"})

    assert len(headings_of(page)) == 8
    assert "90 min" in main_of(page)
    assert "?utmaning=7" in page.content.decode()


def test_a_template_that_does_not_exist_is_not_found(client, leader):
    client.force_login(leader)

    assert client.get(address("labs:plan", "allsang")).status_code == 404


def test_the_form_begins_with_the_challenge_one_came_from(client, leader, challenge):
    client.force_login(leader)
    form = client.get(PLAN, {"utmaning": challenge.pk}).content.decode()

    assert f'value="{challenge.pk}" id="id_challenges_0" checked' in form


def test_planning_writes_the_lab_and_goes_to_it(client, leader, written):
    client.force_login(leader)
    response = client.post(PLAN, written)

    lab = Lab.objects.get()
    assert response.url == address("labs:detail", lab.pk)
    assert (lab.title, lab.state, lab.language) == ("Kafé om halka", State.PLANNED, "en")
    assert lab.phases.count() == 7


def test_a_form_with_a_mistake_keeps_what_was_written(client, leader, written):
    client.force_login(leader)
    page = client.post(PLAN, {**written, "starts_at": "sedan"})

    assert "Nothing you wrote is lost" in main_of(page)
    assert 'value="Kafé om halka"' in page.content.decode()
    assert not Lab.objects.exists()


def test_the_plan_is_changed_with_another_template(client, leader, planned, written):
    client.force_login(leader)
    url = address("labs:change", planned.pk)
    assert "Change the plan" in main_of(client.get(url))

    client.post(url, {**written, "template": "samtycke"})

    planned.refresh_from_db()
    assert (planned.template, planned.place) == ("samtycke", "Biblioteket")
    assert client.post(url, {**written, "template": "allsang"}).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "change", "invite", "publish", "cancel", "lead", "start", "step", "close", "resume",
        "pace", "arrange", "hand_over", "merge", "type_in", "rooms", "codes", "code_sheet",
        "card_sheet", "rewrite",
    ],
)  # fmt: skip
def test_who_does_not_lead_may_not(client, published, outsider, visitor, name):
    url = address(f"labs:{name}", published.pk)
    signed_out = {client.get(url), client.post(url)}
    assert {response.status_code for response in signed_out} <= {302, 405}
    for user in (outsider, visitor):
        client.force_login(user)
        assert {client.get(url).status_code, client.post(url).status_code} <= {403, 405}


def test_a_lab_that_nobody_may_see_is_not_found(client, planned, outsider):
    client.force_login(outsider)

    assert client.post(address("labs:publish", planned.pk)).status_code == 404


def test_changing_too_late_is_said_in_plain_words(client, running, leader):
    client.force_login(leader)

    assert client.get(address("labs:change", running.pk)).status_code == 409
    assert client.get(address("labs:cancel", running.pk)).status_code == 409


def test_inviting_goes_back_to_the_page(client, planned, leader, receiver):
    client.force_login(leader)
    response = client.post(
        address("labs:invite", planned.pk), {"organisation": receiver.pk, "role": "gatuchef"}
    )

    assert response.url == address("labs:detail", planned.pk)
    assert "gatuchef" in main_of(client.get(response.url))


def test_inviting_by_htmx_returns_the_section_alone(client, planned, leader, receiver):
    planned.challenges.add(ChallengeFactory.create())
    client.force_login(leader)
    part = client.post(
        address("labs:invite", planned.pk), {"organisation": receiver.pk}, headers=HTMX
    )

    assert part.content.decode().lstrip().startswith("<section")
    assert "Örebro" in part.content.decode()
    assert 'name="challenges"' in part.content.decode()


def test_an_invitation_without_an_organisation_says_so(client, planned, leader):
    client.force_login(leader)
    page = client.post(address("labs:invite", planned.pk), {"role": "gatuchef"})

    assert "Nothing you wrote is lost" in main_of(page)
    assert 'value="gatuchef"' in page.content.decode()


def test_an_invitation_is_taken_back_unless_it_is_the_last(client, published, leader, receiver):
    client.force_login(leader)
    url = address("labs:uninvite", published.pk, receiver.pk)
    assert "Invite at least one receiver" in main_of_next(client, client.post(url))

    actions.invite(published, by=leader, organisation=OrganisationFactory.create())
    assert "is no longer invited" in main_of_next(client, client.post(url))
    assert published.receivers.count() == 1


def main_of_next(client, response):
    return client.get(response.url).content.decode()


def test_publishing_without_a_receiver_says_what_is_missing(client, planned, leader):
    client.force_login(leader)

    response = client.post(address("labs:publish", planned.pk))
    assert "Invite at least one receiver" in main_of_next(client, response)


def test_publishing_opens_the_door(client, planned, leader, receiver):
    actions.invite(planned, by=leader, organisation=receiver)
    client.force_login(leader)

    response = client.post(address("labs:publish", planned.pk))
    assert "The lab is open" in main_of_next(client, response)


def test_cancelling_asks_why(client, published, leader):
    client.force_login(leader)
    url = address("labs:cancel", published.pk)
    assert "Cancel the lab" in main_of(client.get(url))
    assert "Nothing you wrote is lost" in main_of(client.post(url, {"why": ""}))

    client.post(url, {"why": "Salen brann"})
    published.refresh_from_db()
    assert published.state == State.CANCELLED


def test_a_participant_is_no_user(published):
    assert str(ParticipantFactory.create(lab=published)).startswith("participant")
