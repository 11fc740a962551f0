from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from hakapa.accounts.tests.factories import UserFactory
from hakapa.commitments import actions
from hakapa.commitments.models import Commitment
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.commitments.tests.factories import CommitmentFactory


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-07T10:00:00Z", tick=False):
        yield


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.text


def at(commitment, name):
    path = reverse(f"commitments:{name}", args=[commitment.pk])
    return path if path.startswith("/en/") else f"/en{path}"


def test_what_waits_is_told_to_those_it_waits_for(client, commitment, other, officer):
    url = "/en/ataganden/vantar/"
    assert "/konto/" in client.get(url).url
    client.force_login(officer)
    assert at(commitment, "answer") in page(client, url)

    actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)
    late = page(client, url)
    assert at(commitment, "report") in late
    assert "<h2>Late</h2>" in late

    Commitment.objects.filter(pk=commitment.pk).update(due=DUE + timedelta(60))
    assert "Promised, by date" in page(client, url)


def test_nothing_waits_for_somebody_without_organisation(client, commitment):
    client.force_login(UserFactory.create())

    assert "Nothing waits for you" in page(client, "/en/ataganden/vantar/")


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_takes_the_same_queries_however_long(
    client, commitment, officer, count, django_assert_num_queries
):
    CommitmentFactory.create_batch(count - 1, receiver=commitment.receiver)
    client.force_login(officer)

    with django_assert_num_queries(15):  # session, user, roles, lists, journey, demo, bell
        text = page(client, "/en/ataganden/vantar/")
    assert text.count('class="promise"') == count
