import pytest

from hakapa.accounts.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    member_of,
)
from hakapa.kernel.tests.pages import address, main_of

pytestmark = pytest.mark.django_db
NEW = address("challenges:new")
LONG = "Det här skrev jag länge på och vill inte förlora."


def told(**changes):
    return {
        "title": "Halt på gångvägen",
        "today": "Många faller.",
        "wish": "Hur räknar vi nyttan?",
        "affected": "De som går",
        "tried": "",
        "owner_role": "gatuchef",
        "cost_of_nothing": "460 000",
        "themes": ["care", "mobility"],
        "barriers": ["money"],
        "unit_names": "Gata\r\n Äldreomsorg \r\n",
    } | changes


def goal_told(**changes):
    return {
        "measure": "Fall", "unit": "st", "baseline": "212", "baseline_on": "2025-04-30",
        "target": "140.5", "target_on": "2027-04-30",
    } | changes  # fmt: skip


def urls_of(challenge, *names):
    return [address(f"challenges:{name}", challenge.pk) for name in names]


def test_who_may_only_read_gets_no_form(client, challenge):
    outsider, newcomer = member_of(OrganisationFactory.create()), UserFactory.create()
    answers = {}
    for who, user in (("outsider", outsider), ("newcomer", newcomer)):
        client.force_login(user)
        urls = urls_of(challenge, "improve", "goal", "measure", "close")
        answers[who] = [client.get(url).status_code for url in urls]
        assert [client.post(url, told()).status_code for url in urls[1:]] == [403] * 3

    assert answers == {"outsider": [200, 403, 403, 403], "newcomer": [403, 403, 403, 403]}


def test_a_strangers_draft_is_not_found_to_write_in(client, draft, stranger):
    client.force_login(stranger)
    for url in urls_of(draft, "improve", "goal", "measure", "close", "publish", "share"):
        assert client.post(url, told()).status_code == 404


def test_too_late_shows_what_was_written_so_that_it_can_be_copied(client, closed):
    user = MembershipFactory.create(organisation=closed.owner, role="officer").user
    client.force_login(user)
    texts = {
        "improve": told(today=LONG),
        "goal": goal_told(measure=LONG),
        "measure": {"note": LONG},
        "close": {"why": LONG},
        "share": {"note": LONG},
    }
    for name, written in texts.items():
        page = client.post(address(f"challenges:{name}", closed.pk), written)

        assert page.status_code == 409, name
        assert "Somebody was here before you" in main_of(page)
        assert LONG in main_of(page)
        assert "csrf" not in main_of(page)
