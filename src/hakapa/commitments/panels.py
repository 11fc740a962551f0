"""What promises tell on the journey line and show on earlier steps' pages."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hakapa.accounts.models import AnyUser, Organisation, User
from hakapa.challenges.models import Challenge
from hakapa.charts.lineage import Step, Tone
from hakapa.commitments import queries, standing
from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment, FollowUp, Outcome, Verification
from hakapa.kernel.panels import Panel, panel
from hakapa.labs.chapters import Cell, Chapter, Rows, Said, chapter
from hakapa.labs.models import Lab
from hakapa.moderation.subjects import Subject, register
from hakapa.process.journey import Fact, Station, tells
from hakapa.process.lineage import grows
from hakapa.proposals.descent import key_of
from hakapa.proposals.models import Proposal

SHOWN = 10
ANSWER, REPORT = 4, 5  # after challenge, lab, notes and proposal
_TONES: dict[str, Tone] = {tone: tone for tone in ("neutral", "sea", "moss", "sun", "rose")}
_BY_OUTCOME: dict[str, Tone] = {
    Outcome.KEPT: "moss",
    Outcome.GOING_ON: "sea",
    Outcome.NOT_KEPT: "rose",
}

register(
    Subject(
        "uppfoljning",
        gettext_lazy("report on a promise"),
        FollowUp,
        queries.reports_visible_to,
        lambda report: "\n\n".join(filter(None, (report.happened, report.learned))),
    )
)
register(
    Subject(
        "intyg",
        gettext_lazy("line from somebody who took part"),
        Verification,
        queries.lines_visible_to,
        lambda verification: verification.line,
    )
)


@tells(Station.COMMITMENT)
def promised(challenge_ids: Collection[int], user: AnyUser) -> Fact | None:
    """Tell how many answers are promises, or that nobody has answered."""
    tally = queries.tally(queries.about(challenge_ids, user))
    if not tally.answered:
        return Fact(_("no answer yet"), reached=False) if tally.asked else None
    url = reverse("commitments:index")
    if len(challenge_ids) == 1:
        url += f"?challenge={next(iter(challenge_ids))}"
    counts = {"promises": tally.promised, "answered": tally.answered}
    return Fact(_("%(promises)d of %(answered)d promised") % counts, url)


@panel("challenge", order=10)
def promises_of_challenge(request: HttpRequest, challenge: Challenge) -> Panel | None:
    """Show what the receivers have promised for the challenge."""
    return _promises(queries.about([challenge.pk], request.user), f"challenge={challenge.pk}")


@panel("lab", order=10)
def promises_of_lab(request: HttpRequest, lab: Lab) -> Panel | None:
    """Show how the lab's receivers answered, with the lab's record."""
    of_lab = queries.visible_to(request.user).filter(proposal__lab=lab)
    return _promises(of_lab, f"lab={lab.pk}")


@panel("proposal", order=10)
def promises_of_proposal(request: HttpRequest, proposal: Proposal) -> Panel | None:
    """Show how each receiver answered the proposal."""
    of_proposal = queries.visible_to(request.user).filter(proposal=proposal)
    return _promises(of_proposal, f"challenge={proposal.challenge_id}", by_receiver=True)


@panel("organisation", order=10)
def promises_of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """Show what the organisation has promised, with its record."""
    of_organisation = queries.of_organisation(organisation, request.user)
    shown = _promises(of_organisation, f"receiver={organisation.pk}")
    if shown:
        shown.context["organisation"] = organisation
        shown.context["record_url"] = reverse("commitments:record", args=[organisation.pk])
    return shown


@panel("lineage", order=10)
def answers_in_lineage(request: HttpRequest, proposal: Proposal) -> Panel | None:
    """Show forward from a proposal to each answer and what became of it."""
    of_proposal = queries.visible_to(request.user).filter(proposal=proposal)
    answers = list(queries.with_reports(queries.late_first(of_proposal)))
    return Panel("commitments/lineage.html", {"commitments": answers}) if answers else None


@grows(order=10)
def answers_as_steps(proposal: Proposal, user: AnyUser) -> list[Step]:
    """Tell which answers grew from the proposal, and which reports from those."""
    of_proposal = queries.visible_to(user).filter(proposal=proposal)
    steps = []
    for answer in queries.with_reports(queries.late_first(of_proposal)):
        key = f"answer-{answer.pk}"
        stands = standing.pill(answer)
        words = f"{answer.receiver}: {stands.text}"
        steps.append(Step(key, words, ANSWER, (key_of(proposal),), _TONES[stands.tone]))
        steps += [
            Step(
                f"report-{report.pk}",
                _in_short(report),
                REPORT,
                (key,),
                _BY_OUTCOME[report.outcome],
            )
            for report in reversed(answer.follow_ups.all())
        ]
    return steps


def _in_short(report: FollowUp) -> str:
    return f"{date_format(report.reported_on)}: {report.get_outcome_display()}"


@panel("me", order=10)
def waiting_for_me(
    request: HttpRequest,  # noqa: ARG001  (a panel's signature)
    user: User,
) -> Panel | None:
    """Show how much waits for the user's organisations."""
    late = [promise for promise in queries.promised_for(user) if promise.days_late()]
    context = {"asked": queries.waiting_for(user).count(), "late": len(late)}
    return Panel("commitments/me.html", context) if user.roles else None


@panel("me", order=15)
def asked_of_me(
    request: HttpRequest,  # noqa: ARG001  (a panel's signature)
    user: User,
) -> Panel | None:
    """Ask who took part whether what was promised there happened."""
    asked = list(queries.asked_of(user))
    return Panel("commitments/asked_of_me.html", {"asked": asked}) if asked else None


@chapter(order=20)
def answers_in_the_report(lab: Lab) -> Chapter | None:
    """Tell in the lab's report what each receiver answered, or that nobody has."""
    of_lab = queries.visible_to(AnonymousUser()).filter(proposal__lab=lab)
    rows: list[list[Cell]] = [
        [
            Said(one.proposal.title, one.proposal.language),
            ", ".join(part for part in (one.role, one.receiver.name) if part),
            standing.pill(one).text,
            Said(one.next_step or one.reason, one.language),
            standing.when(one),
        ]
        for one in queries.late_first(of_lab)
    ]
    columns = [_("Proposal"), _("Receiver"), _("Reply"), _("Next step or reason"), _("When")]
    parts = [Rows(columns, rows, file="answers")]
    return Chapter(_("What the receivers answered"), parts) if rows else None


def _promises(
    commitments: queries.Commitments, narrowed: str, *, by_receiver: bool = False
) -> Panel | None:
    """Show the first of the answers, late first, with the record of them all.

    What nobody has answered yet is folded away, unless there is nothing else to show.
    """
    found: list[Commitment] = list(queries.late_first(commitments)[: SHOWN + 1])
    if not found:
        return None
    shown = found[:SHOWN]
    answered = [one for one in shown if one.state != State.ASKED]
    context = {
        "commitments": answered or shown,
        "unanswered": [one for one in shown if one.state == State.ASKED] if answered else [],
        "has_more": len(found) > SHOWN,
        "record": queries.record(commitments),
        "by_receiver": by_receiver,
        "url": f"{reverse('commitments:index')}?{narrowed}",
    }
    return Panel("commitments/panel.html", context)
