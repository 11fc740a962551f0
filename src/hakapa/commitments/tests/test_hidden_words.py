"""What moderation hides of promises is shown nowhere, and the reason stands in its place."""

import pytest

from hakapa.accounts.tests.factories import UserFactory
from hakapa.commitments import actions
from hakapa.commitments.actions import Report
from hakapa.commitments.models import FollowUp, Outcome, Verification
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.kernel.tests.pages import address
from hakapa.labs.tests.factories import ParticipantFactory
from hakapa.moderation import actions as moderation
from hakapa.moderation.actions import Complaint

WHY = "Den nämner en privatperson"


@pytest.fixture
def steward(db):
    return UserFactory.create(is_staff=True)


@pytest.fixture
def report(commitment, officer, lab):
    for _ in range(5):
        ParticipantFactory.create(lab=lab, account=UserFactory.create())
    promise = actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)
    told = Report(Outcome.KEPT, "Zebran ringde", learned="Zebror ringer sent")
    return actions.report(promise, told, by=officer)


def ways_out(report):
    promise = report.commitment
    return (
        address("commitments:detail", promise.pk),
        address("proposals:lineage", promise.proposal_id),
        address("commitments:feed"),
        f"/api/v1/commitments/{promise.pk}",
        promise.verifications.first().secret_url,
    )


def test_a_hidden_report_keeps_its_outcome_and_loses_its_words(client, report, steward):
    for way in ways_out(report):
        assert "Zebran ringde" in client.get(way).text, way
    case = moderation.flag(report, Complaint("person", "a"), by=None)
    assert "Zebran" in client.get(ways_out(report)[0]).text, "it stands until somebody decides"

    moderation.hide(case, by=steward, reason=WHY)

    for way in ways_out(report):
        assert "Zebr" not in client.get(way).text, way
    text = client.get(ways_out(report)[0]).text
    assert WHY in text
    assert "done" in text
    assert client.get(address("moderation:flag", "uppfoljning", report.pk)).status_code == 404

    moderation.leave(case, by=steward, reason="Rättat")
    assert "Zebran ringde" in client.get(ways_out(report)[0]).text


def test_a_hidden_line_tells_its_author_why(client, report, steward):
    for asked in report.commitment.verifications.all():
        actions.verify(asked, answer="yes", line=f"Zebran kom {asked.pk}")
    line = Verification.objects.first()
    page = address("commitments:detail", report.commitment_id)
    flag = address("moderation:flag", "intyg", line.pk)
    assert flag in client.get(page).text
    assert client.post(flag, {"ground": "person"}).status_code == 302

    moderation.hide(moderation.Case.objects.get(), by=steward, reason=WHY)

    text = client.get(page).text
    assert line.line not in text
    assert WHY in text
    assert WHY in client.get(line.secret_url).text


def test_a_line_that_is_not_shown_is_not_reported(client, report):
    line = Verification.objects.first()
    actions.verify(line, answer="yes", line="Zebran kom")

    assert client.get(address("moderation:flag", "intyg", line.pk)).status_code == 404


def test_a_report_is_read_where_it_stands(report):
    assert report.get_absolute_url().endswith(f"/{report.commitment_id}/#report-{report.pk}")
    assert FollowUp.objects.get() == report
