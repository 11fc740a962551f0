from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hakapa.accounts.models import User
from hakapa.accounts.tests.factories import MembershipFactory, OrganisationFactory, member_of
from hakapa.commitments import actions, queries
from hakapa.commitments.actions import Report
from hakapa.commitments.models import Commitment, Outcome
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.commitments.tests.factories import CommitmentFactory
from hakapa.kernel.lifecycle import TooLateError
from hakapa.kernel.tests.pages import address
from hakapa.process.queries import history_of

pytestmark = pytest.mark.usefixtures("in_may")

LATER = date(2026, 7, 1)


@pytest.fixture
def colleague(promise):
    return MembershipFactory.create(organisation=promise.receiver, title="Gatuchef").user


def test_a_promise_is_handed_over_and_shows_the_colleagues_title(promise, officer, colleague):
    handed = actions.hand_over(promise, to=colleague, note="Ring Eva först", by=officer)

    assert (handed.assignee, handed.role) == (colleague, "Gatuchef")
    event = history_of(handed).get(move="hand_over")
    assert event.details == {
        "role_before": "Digitaliseringschef", "role_after": "Gatuchef", "note": "Ring Eva först",
    }  # fmt: skip


def test_a_colleague_without_title_leaves_the_role_as_it_was(promise, officer):
    handed = actions.hand_over(promise, to=member_of(promise.receiver), by=officer)

    assert handed.role == "Digitaliseringschef"


def test_who_was_handed_a_promise_reports_moves_and_hands_on_but_answers_nothing(
    promise, commitment, officer, colleague
):
    assert not colleague.has_perm("commitments.keep_commitment", promise)
    handed = actions.hand_over(promise, to=colleague, by=officer)

    assert colleague.has_perm("commitments.keep_commitment", handed)
    assert not colleague.has_perm("commitments.take_commitment", handed)
    actions.change_date(handed, due=LATER, why="Semester", by=colleague)
    actions.hand_over(handed, to=officer, by=colleague)
    with pytest.raises(PermissionDenied):
        actions.report(handed, Report(Outcome.KEPT, "Klart"), by=colleague)


def test_who_has_left_the_receiver_sees_to_nothing_there(promise, officer, colleague):
    handed = actions.hand_over(promise, to=colleague, by=officer)
    assert colleague.has_perm("commitments.keep_commitment", handed)

    colleague.memberships.all().delete()

    gone = User.objects.get(pk=colleague.pk)
    assert not gone.has_perm("commitments.keep_commitment", handed)


def test_nobody_elsewhere_is_handed_a_promise(promise, officer, member):
    with pytest.raises(ValidationError, match="to"):
        actions.hand_over(promise, to=member, by=officer)


def test_nobody_elsewhere_hands_it_over(promise, other_officer, colleague):
    with pytest.raises(PermissionDenied):
        actions.hand_over(promise, to=colleague, by=other_officer)


def test_what_is_settled_is_not_handed_over(promise, officer, colleague):
    actions.report(promise, Report(Outcome.KEPT, "Klart"), by=officer)

    with pytest.raises(TooLateError):
        actions.hand_over(promise, to=colleague, by=officer)


@pytest.mark.parametrize(
    ("due", "why", "field"),
    [
        (date(2026, 5, 20), "För att", "due"), (DUE, "För att", "due"), (LATER, "", "why"),
    ],
)  # fmt: skip
def test_a_date_is_moved_to_another_later_day_with_a_reason(promise, officer, due, why, field):
    with pytest.raises(ValidationError, match=field):
        actions.change_date(promise, due=due, why=why, by=officer)
    assert Commitment.objects.get(pk=promise.pk).due == DUE


def test_only_a_promise_has_a_date_to_move(commitment, officer):
    with pytest.raises(TooLateError):
        actions.change_date(commitment, due=LATER, why="Semester", by=officer)


def test_nobody_elsewhere_moves_the_date(promise, other_officer):
    with pytest.raises(PermissionDenied):
        actions.change_date(promise, due=LATER, why="Semester", by=other_officer)


def test_the_desk_sorts_what_waits(commitment, other, officer, proposal):
    mine = commitment.receiver
    made = {}
    for name, due in (("late", DUE - timedelta(30)), ("soon", DUE), ("later", LATER)):
        made[name] = CommitmentFactory.create(receiver=mine)
        actions.take(made[name], by=officer, next_step="R", due=due, at=LAB_DAY)
    made["parked"] = CommitmentFactory.create(receiver=mine)
    actions.park(made["parked"], by=officer, next_step="V", due=LATER, at=LAB_DAY)
    made["settled"] = CommitmentFactory.create(receiver=mine)
    actions.decline(made["settled"], by=officer, reason="Nej", at=LAB_DAY)

    desk = queries.desk(officer)

    for name, expected in made.items():
        assert getattr(desk, name) == [expected], name
    assert desk.asked == [commitment]
    assert len(desk.open) == 5


def test_the_desk_shows_only_what_i_have_in_hand_when_i_ask_for_that(
    client, promise, officer, colleague
):
    mine = CommitmentFactory.create(receiver=promise.receiver)
    actions.hand_over(mine, to=colleague, by=officer)
    client.force_login(colleague)

    assert promise in queries.desk(colleague).open
    assert queries.desk(colleague, mine=True).open == [mine]
    text = client.get(address("commitments:waiting") + "?mina=1").text
    assert "You have it in hand" in text
    assert address("commitments:detail", mine.pk) in text
    assert address("commitments:detail", promise.pk) not in text


def test_an_unclear_mandate_is_counted_and_shown(client, commitment, officer):
    given = actions.Answer("take", "Ring", DUE, mandate="unclear")
    actions.answer(commitment, given, by=officer, at=LAB_DAY)
    client.force_login(officer)

    assert queries.desk(officer).unclear == 1
    for name in ("commitments:waiting", "commitments:detail", "commitments:index"):
        path = address(name, *([commitment.pk] if name.endswith("detail") else []))
        assert "unclear" in client.get(path).text, name
    assert queries.record(queries.visible_to(officer)).unclear == 1


def test_a_promise_is_handed_over_from_its_page(client, promise, officer, colleague):
    client.force_login(officer)
    path = address("commitments:hand_over", promise.pk)
    assert path in client.get(address("commitments:detail", promise.pk)).text
    assert "Gatuchef" in client.get(path).text
    stranger = MembershipFactory.create(organisation=OrganisationFactory.create())

    assert client.post(path, {"to": stranger.pk}).status_code == 200
    sent = {"to": colleague.memberships.get().pk, "note": "Ring Eva först"}
    assert client.post(path, sent).url == address("commitments:waiting")

    assert Commitment.objects.get(pk=promise.pk).assignee == colleague
    client.force_login(colleague)
    assert "Ring Eva först" in client.get(address("commitments:detail", promise.pk)).text
    client.logout()
    public = client.get(address("commitments:detail", promise.pk)).text
    assert "Ring Eva först" not in public
    assert colleague.email not in public
    assert "Gatuchef" in public


def test_a_date_is_moved_from_its_page_and_the_old_one_stays_visible(client, promise, officer):
    client.force_login(officer)
    path = address("commitments:change_date", promise.pk)
    assert client.get(path).status_code == 200
    assert 'id="id_due_error"' in client.post(path, {"due": str(DUE), "why": "Semester"}).text

    client.post(path, {"due": str(LATER), "why": "Semester"})

    client.logout()
    text = client.get(address("commitments:detail", promise.pk)).text
    assert "The dates it has had" in text
    assert "changed the date from 1 June 2026 to 1 July 2026: “Semester”" in text


@pytest.mark.parametrize("name", ["commitments:hand_over", "commitments:change_date"])
def test_whose_promise_it_is_not_finds_no_form(client, promise, member, name):
    assert "/konto/" in client.get(address(name, promise.pk)).url
    client.force_login(member)
    assert client.get(address(name, promise.pk)).status_code == 403
