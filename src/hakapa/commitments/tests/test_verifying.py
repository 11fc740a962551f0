import pytest
from django.core.exceptions import ValidationError

from hakapa.accounts.tests.factories import UserFactory, member_of
from hakapa.commitments import actions, queries
from hakapa.commitments.actions import Report
from hakapa.commitments.models import Commitment, Outcome, Verification
from hakapa.kernel.lifecycle import TooLateError
from hakapa.kernel.tests.pages import address
from hakapa.labs.tests.factories import ParticipantFactory
from hakapa.process.models import Event


@pytest.fixture
def seats(lab):
    """Six who have said afterwards that the seat was theirs."""
    return [ParticipantFactory.create(lab=lab, account=UserFactory.create()) for _ in range(6)]


@pytest.fixture
def kept(promise, seats, officer):
    actions.report(promise, Report(Outcome.KEPT, "Vi ringde"), by=officer)
    return Commitment.objects.get(pk=promise.pk)


def say(kept, *answers, line=""):
    for asked, answer in zip(kept.verifications.all(), answers, strict=False):
        actions.verify(asked, answer=answer, line=line and f"{line} {asked.pk}")


def detail(client, kept):
    return client.get(address("commitments:detail", kept.pk)).text


def test_who_took_part_is_asked_when_the_promise_is_told_to_be_kept(kept, seats):
    asked = kept.verifications.all()

    assert {one.account for one in asked} == {seat.account for seat in seats}
    assert len({one.token for one in asked}) == 6
    assert Event.objects.get(move="ask_participants").details == {"people": 6}


def test_nobody_is_asked_twice_not_even_from_two_seats(kept, lab, seats):
    ParticipantFactory.create(lab=lab, account=seats[0].account)

    assert actions.invite_to_verify(kept) == []
    assert kept.verifications.count() == 6
    assert Event.objects.filter(move="ask_participants").count() == 1


def test_nobody_confirms_their_own_promise(promise, lab, officer):
    ParticipantFactory.create(lab=lab, account=member_of(promise.receiver))
    ParticipantFactory.create(lab=lab)

    actions.report(promise, Report(Outcome.KEPT, "Vi ringde"), by=officer)

    assert not Verification.objects.exists()


def test_a_seat_that_somebody_else_knows_how_to_reach_is_asked_too(kept, lab, seats):
    unclaimed, elsewhere = ParticipantFactory.create(lab=lab), ParticipantFactory.create()

    [new] = actions.invite_to_verify(kept, also=[unclaimed, elsewhere, seats[0]])

    assert (new.seat, new.account) == (unclaimed, None)


def test_only_what_is_told_to_be_kept_is_confirmed(promise):
    with pytest.raises(TooLateError):
        actions.invite_to_verify(promise)


def test_the_link_answers_without_signing_in_and_the_answer_can_be_changed(client, kept):
    asked = kept.verifications.first()
    page = client.get(asked.secret_url)
    assert page["Referrer-Policy"] == "same-origin", "no other site learns the secret address"
    assert "no-store" in page["Cache-Control"]
    assert 'id="id_answer_error"' in client.post(asked.secret_url, {"line": "Ja"}).text

    client.post(asked.secret_url, {"answer": "partly", "line": "Halva"})
    client.post(asked.secret_url, {"answer": "no", "line": ""})

    asked.refresh_from_db()
    assert (asked.answer, asked.line) == ("no", "")
    assert Event.objects.filter(move="verify").count() == 1
    assert client.get(asked.secret_url.replace(asked.token, "gissat")).status_code == 404


def test_who_was_asked_finds_the_question_on_their_own_page(client, kept):
    asked = kept.verifications.first()
    client.force_login(asked.account)
    assert asked.secret_url in client.get("/organisationer/jag/").text

    actions.verify(asked, answer="yes")

    assert asked.secret_url not in client.get("/organisationer/jag/").text


def test_an_answer_is_one_of_four(kept):
    with pytest.raises(ValidationError, match="answer"):
        actions.verify(kept.verifications.first(), answer="kanske")


def test_under_five_answers_nothing_is_shown_not_even_a_line(client, kept):
    say(kept, "yes", "yes", "partly", "no", line="Skylten sitter")

    text = detail(client, kept)

    assert "at least five have answered" in text
    assert "Skylten sitter" not in text
    assert "have answered." not in text.replace("at least five have answered", "")
    assert not queries.lines_visible_to(UserFactory.create()).exists()


def test_from_five_on_both_words_stand_side_by_side(client, kept, django_assert_num_queries):
    say(kept, "yes", "yes", "partly", "no", "yes", line="Skylten sitter")

    verdict = queries.verdict(kept)
    assert [(str(c.answer), c.number) for c in verdict.counts] == [
        ("yes", 3), ("partly", 1), ("no", 1), ("cannot_tell", 0),
    ]  # fmt: skip
    text = detail(client, kept)
    for words in ("The receiver says", "Those who took part say", "Skylten sitter"):
        assert words in text
    assert "5 of the 6 who were asked have answered." in text
    for asked in kept.verifications.all():
        assert asked.token not in text
        assert asked.account.email not in text
    with django_assert_num_queries(1):
        queries.verdict(kept)


def test_a_promise_that_nobody_was_asked_about_has_no_verdict(client, promise):
    assert queries.verdict(promise) is None
    assert "Did it happen?" not in detail(client, promise)


def test_what_an_erased_person_said_stays_without_them(kept):
    say(kept, "yes")
    asked = kept.verifications.first()

    asked.account.delete()

    asked.refresh_from_db()
    assert (asked.account, asked.answer) == (None, "yes")
