from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from hakapa.accounts.tests.factories import UserFactory
from hakapa.kernel.tests.pages import address, main_of
from hakapa.labs.models import Lab
from hakapa.moderation import actions, queries
from hakapa.moderation.actions import Complaint
from hakapa.moderation.lifecycle import State
from hakapa.moderation.models import Case, Flag


def flag_of(text):
    return address("moderation:flag", "uppfoljning", text.pk)


def test_anybody_reports_a_text_without_an_account_and_counts_once(client, text):
    assert "Zebran ringde" in main_of(client.get(flag_of(text)))
    assert 'id="id_ground_error"' in client.post(flag_of(text), {"words": "Fel"}).text

    for _ in range(2):
        answer = client.post(flag_of(text), {"ground": "untrue", "words": "Hon ringde inte"})

    assert answer.url == f"/en/ataganden/{text.commitment_id}/#report-{text.pk}"
    flag = Flag.objects.get()
    assert (flag.words, flag.by) == ("Hon ringde inte", None)


def test_who_has_signed_in_is_known_to_those_who_moderate(client, text):
    reader = UserFactory.create()
    client.force_login(reader)

    client.post(flag_of(text), {"ground": "untrue"})

    assert Flag.objects.get().by == reader


@pytest.mark.parametrize(("slug", "pk"), [("finns-inte", 1), ("uppfoljning", 999)])
def test_what_cannot_be_reported_is_not_found(client, db, slug, pk):
    assert client.get(address("moderation:flag", slug, pk)).status_code == 404


def test_the_queue_shows_the_oldest_first_with_its_age(client, case, steward):
    Case.objects.update(opened_at=timezone.now() - timedelta(days=3))
    client.force_login(steward)

    queue = main_of(client.get(address("moderation:queue")))

    for words in ("Report on a promise", "Zebran ringde", "1 complaint", "3 days old"):
        assert words in queue
    mine = main_of(client.get(address("accounts:me")))
    assert "1 reported text waits for a decision" in mine


def test_an_empty_queue_says_so(client, steward):
    client.force_login(steward)

    assert "Nothing waits" in client.get(address("moderation:queue")).text
    assert "No reported text waits" in client.get(address("accounts:me")).text


def test_a_case_is_decided_with_a_reason_and_stands_in_the_log(client, case, text, steward):
    client.force_login(steward)
    path = case.get_absolute_url()
    page = client.get(path)
    assert "Den nämner någon" in page.text
    assert 'id="id_reason_error"' in client.post(path, {"move": "hide", "reason": ""}).text
    client.post(path, {"reason": "Utan beslut"})
    client.post(path, {"move": "steal", "reason": "Med annat"})
    case.refresh_from_db()
    assert case.state == State.OPEN

    client.post(path, {"move": "hide", "reason": "Den nämner en privatperson"})
    assert "Show the text again" in client.get(address("moderation:case", case.pk)).text
    client.post(path, {"move": "leave", "reason": "Rättad"})

    assert "Left as it is: Rättad" in main_of(client.get(address("moderation:case", case.pk)))
    assert "Rättad" in client.get(address("moderation:queue")).text
    log = client.get(address("moderation:log", "csv")).text.splitlines()
    assert len(log) == 2
    assert "Rättad" in log[1]
    assert f"#report-{text.pk}" in log[1]


def test_the_log_tells_of_open_cases_too(client, case, steward):
    client.force_login(steward)

    assert "waits for a decision" in client.get(address("moderation:log", "csv")).text


@pytest.mark.parametrize("name", ["queue", "case", "log"])
def test_moderation_is_for_those_who_run_the_site(client, case, name):
    arguments = {"queue": [], "case": [case.pk], "log": ["csv"]}[name]
    path = address(f"moderation:{name}", *arguments)
    assert "/konto/" in client.get(path).url
    client.force_login(UserFactory.create())
    assert client.get(path).status_code == 403


def test_nobody_decides_about_a_text_they_may_not_see(client, case, text, steward):
    Lab.objects.update(state="planned")
    client.force_login(steward)

    assert client.get(case.get_absolute_url()).status_code == 404
    assert "Zebran" not in client.get(address("moderation:queue")).text
    assert len(client.get(address("moderation:log", "csv")).text.splitlines()) == 1


def test_a_case_about_a_kind_that_is_gone_is_passed_over(case, steward):
    Case.objects.update(subject_type="gone.thing")

    assert queries.with_texts(queries.visible_to(steward), steward) == []


def test_cases_are_seen_as_the_rule_says(case, steward):
    for user in (AnonymousUser(), UserFactory.create(), steward):
        listed = queries.visible_to(user).filter(pk=case.pk).exists()
        assert listed == user.has_perm("moderation.view_case", case)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_takes_the_same_queries_however_long(
    client, text, steward, count, django_assert_num_queries
):
    for number in range(count):
        text.pk = None
        text.save()
        actions.flag(text, Complaint("other", str(number)), by=None)
    client.force_login(steward)

    with django_assert_num_queries(8):  # session, user, cases, texts, roles, decided, demo, bell
        page = client.get(address("moderation:queue"))
    assert page.text.count('class="promise"') == count
