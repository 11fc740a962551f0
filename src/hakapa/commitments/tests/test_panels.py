import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation

from hakapa.commitments import actions
from hakapa.commitments.actions import Report
from hakapa.commitments.models import Outcome
from hakapa.commitments.panels import SHOWN
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.commitments.tests.factories import CommitmentFactory
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Lab
from hakapa.process import journey

NOBODY = AnonymousUser()


@pytest.fixture
def promise(commitment, officer):
    return actions.take(commitment, by=officer, next_step="Ring grannen", due=DUE, at=LAB_DAY)


def page(client, path):
    response = client.get(path if path.startswith("/en/") else f"/en{path}")
    assert response.status_code == 200
    return response.text


def test_earlier_steps_show_what_was_promised_with_the_record(client, promise):
    proposal = promise.proposal

    receivers = "What the receivers have promised"
    own = f"What {promise.receiver} has promised"
    things = {proposal: receivers, proposal.challenge: receivers, proposal.lab: receivers}
    for thing, head in {**things, promise.receiver: own}.items():
        text = page(client, thing.get_absolute_url())
        assert head in text
        assert "1 promise" in text
        assert "Ring grannen" in text


def test_nothing_is_shown_where_nothing_was_asked(client, lab):
    assert "What the receivers have promised" not in page(client, lab.get_absolute_url())


def test_a_long_list_is_cut_and_leads_to_the_rest(client, lab, proposal):
    CommitmentFactory.create_batch(SHOWN, proposal=proposal)
    Lab.objects.filter(pk=lab.pk).update(state=LabState.CLOSED)

    text = page(client, proposal.get_absolute_url())

    assert text.count('class="promise"') == SHOWN
    assert "All the answers" in text


def test_a_proposals_rows_begin_with_who_answers(client, promise):
    text = page(client, promise.proposal.get_absolute_url())

    assert f">Digitaliseringschef, {promise.receiver}</a>" in text


def test_the_lineage_leads_forward_to_the_answers_and_what_became_of_them(
    client, promise, other, officer, lab
):
    url = reverse("proposals:lineage", args=[promise.proposal_id])
    actions.report(promise, Report(Outcome.KEPT, "Vi ringde och de svarade"), by=officer)
    assert "has been asked" not in page(client, url)
    Lab.objects.filter(pk=lab.pk).update(state=LabState.CLOSED)

    text = page(client, url)

    assert "Ring grannen" in text
    assert "Vi ringde och de svarade" in text
    assert f"{other.receiver} has been asked" in text
    assert url in page(client, promise.get_absolute_url())


@translation.override("en")
def test_the_journey_line_tells_how_many_promised(proposal, commitment, officer):
    def fact():
        return journey.line([proposal.challenge_id], NOBODY)[3]

    assert fact().fact == ""
    Lab.objects.filter(pk=proposal.lab_id).update(state=LabState.CLOSED)
    assert (fact().fact, fact().state) == ("no answer yet", "ahead")

    actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)
    assert (fact().fact, fact().state) == ("1 of 1 promised", "now")
    assert fact().url == f"{reverse('commitments:index')}?challenge={proposal.challenge_id}"
    everything = journey.line([proposal.challenge_id, 0], NOBODY)[3]
    assert everything.url == reverse("commitments:index")


def test_my_page_tells_what_waits(client, commitment, officer, db):
    client.force_login(officer)

    text = page(client, reverse("accounts:me"))

    assert "1</b>" in text
    assert reverse("commitments:waiting") in text
    officer.memberships.all().delete()
    assert "What waits for my organisations" not in page(client, reverse("accounts:me"))


def test_questions_without_an_answer_are_folded_away_below_the_answers(
    client, proposal, commitment, other, officer
):
    def promises():
        html = page(client, proposal.challenge.get_absolute_url())
        return html.partition("What the receivers have promised")[2].partition("</section>")[0]

    Lab.objects.filter(pk=proposal.lab_id).update(state=LabState.CLOSED)
    assert other.get_absolute_url() in promises()
    assert "<summary>" not in promises()

    actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)

    shown, _, folded = promises().partition("<summary>1 question without an answer")
    assert commitment.get_absolute_url() in shown
    assert other.get_absolute_url() in folded
    assert other.get_absolute_url() not in shown
