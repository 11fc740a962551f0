"""The demo's labs, proposals and promises, made by the same actions as real ones."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from itertools import cycle, islice
from typing import Any

from hakapa.challenges.models import Challenge
from hakapa.commitments import actions as commitments
from hakapa.commitments.models import Commitment, Outcome
from hakapa.demo.people import People
from hakapa.demo.presenting import present
from hakapa.demo.world import SOURCE, World
from hakapa.kernel.pictures import made_anew
from hakapa.labs import actions as labs
from hakapa.labs.models import Choice, Contribution, Kind, Lab, Participant, Perspective
from hakapa.labs.queries import current_phase
from hakapa.proposals import actions as proposals
from hakapa.proposals.models import Proposal

Row = dict[str, Any]
_PERSPECTIVES = (
    *[Perspective.MUNICIPALITY] * 3,
    Perspective.RESIDENT,
    Perspective.COMPANY,
    Perspective.ACADEMIA,
)
_PER_TABLE = 6


class Journey:
    """Loads the journey's first half; keeps what the rows' short names stand for."""

    def __init__(self, world: World, people: People, tell: Callable[[str], None]) -> None:
        self.world, self.people, self.tell = world, people, tell
        self.notes: dict[str, Contribution] = {}
        self.proposals: dict[str, Proposal] = {}

    def load(self) -> None:
        self.challenges = present(self.world, self.people)
        self.tell(f"{len(self.challenges)} challenges")
        for row in sorted(self.world["labs"], key=lambda row: row["date"]):
            self._hold(row)
            self.tell(f"lab “{self.world.say(row['title'])}”")
        for row in self.world["commitments"]:
            self._answer(row)
        self.tell(f"{len(self.world['commitments'])} answers from receivers")

    def _hold(self, row: Row) -> None:
        """Plan and publish the lab; if it is closed, run it through all its phases."""
        by = self.people.actors[row["host"]]
        start = self.world.moment(row["date"], time(13, 0))
        planned = self.world.moment(row["date"] - timedelta(days=30))
        lab = labs.plan(
            labs.Plan(
                title=self.world.say(row["title"]),
                template=row["template"],
                host=self.people.organisations[row["host"]],
                starts_at=start,
                challenges=[self.challenges[key] for key in row["challenges"]],
                leaders=[self.people.organisations[key] for key in row["leaders"]],
                place=self.world.say(self.world["places"][row["id"]]),
                language=self.world.language,
            ),
            by=by,
            at=planned,
        )
        self._invite(lab, row)
        labs.publish(lab, by=by, at=planned)
        if row["status"] == "closed":
            self._run(lab, row)

    def _invite(self, lab: Lab, row: Row) -> None:
        answers_for: dict[str, list[Challenge]] = {}
        for challenge in self.world["challenges"]:
            if challenge["id"] in row["challenges"]:
                for receiver in challenge["receivers"]:
                    answers_for.setdefault(receiver, []).append(self.challenges[challenge["id"]])
        for receiver, invited_for in answers_for.items():
            labs.invite(
                lab,
                by=self.people.actors[row["host"]],
                organisation=self.people.organisations[receiver],
                role=self.world.say(self.world["receiver_roles"].get(receiver)),
                challenges=invited_for,
                at=lab.created,
            )

    def _run(self, lab: Lab, row: Row) -> None:
        by, at = self.people.actors[row["host"]], lab.starts_at
        labs.start(lab, by=by, at=at)
        lab.refresh_from_db()
        room = [
            labs.join(lab, perspective=perspective, table=1 + seat // _PER_TABLE, at=at)
            for seat, perspective in enumerate(islice(cycle(_PERSPECTIVES), row["attendance"]))
        ]
        Participant.objects.filter(pk=room[0].pk).update(account=self.people.challenger)
        writers = cycle(room)
        for phase in lab.phases.all():
            if "insight" in phase.key or phase.key in ("silent", "table", "round1"):
                self._write_insights(lab, row, writers)
            if "proposal" in phase.key or phase.key in ("table", "round3"):
                self._write_proposals(lab, row, writers, room)
            at += timedelta(minutes=phase.minutes)
            labs.step(lab, by=by, leave=phase.position, at=at)
        later = self.world.say(self.world["answers_later"])
        missing = {receiver.organisation_id: later for receiver in lab.receivers.all()}
        labs.close(lab, by=by, missing=missing, at=at)

    def _write_insights(self, lab: Lab, row: Row, writers: Iterator[Participant]) -> None:
        for insight in self.world["insights"]:
            if insight["challenge"] in row["challenges"] and insight["id"] not in self.notes:
                words = labs.Words(
                    text=self.world.say(insight["text"]),
                    kind=Kind.INSIGHT,
                    challenge=self.challenges[insight["challenge"]],
                    organisation=self.people.organisations[insight["org"]],
                    barriers=tuple(insight["barriers"]),
                    language=self.world.language,
                )
                self.notes[insight["id"]] = labs.contribute(
                    lab, words, participant=next(writers), at=self._now(lab)
                )

    def _write_proposals(
        self, lab: Lab, row: Row, writers: Iterator[Participant], room: list[Participant]
    ) -> None:
        for proposal in self.world["proposals"]:
            if proposal["challenge"] in row["challenges"] and row["proposals"]:
                note = labs.contribute(
                    lab,
                    labs.Words(
                        text=self.world.say(proposal["title"]),
                        kind=Kind.PROPOSAL,
                        challenge=self.challenges[proposal["challenge"]],
                        organisation=self.people.organisations[proposal["by"]],
                        language=self.world.language,
                    ),
                    participant=next(writers),
                    at=self._now(lab),
                )
                self._weigh(note, room, agree=proposal["agree"], passed=proposal["confused"])
                self._grow(lab, row, proposal, note)

    def _weigh(
        self, note: Contribution, room: list[Participant], *, agree: float, passed: float
    ) -> None:
        """Let the room answer so that the shares become the row's."""
        agreeing, passing = round(agree * len(room)), round(passed * len(room))
        for seat in range(len(room)):
            value = Choice.DISAGREE
            if seat < agreeing:
                value = Choice.AGREE
            elif seat < agreeing + passing:
                value = Choice.PASS
            labs.vote(note, participant=room[(seat + note.pk) % len(room)], value=value)

    def _grow(self, lab: Lab, row: Row, proposal: Row, note: Contribution) -> None:
        idea = proposals.Idea(
            title=self.world.say(proposal["title"]),
            first_step=self.world.say(proposal["first_step"]),
            challenge=self.challenges[proposal["challenge"]],
            organisation=self.people.organisations[proposal["by"]],
            language=self.world.language,
        )
        self.proposals[proposal["id"]] = proposals.grow(
            lab,
            idea,
            by=self.people.actors[row["host"]],
            sources=[*(self.notes[key] for key in proposal["insights"]), note],
            at=self._now(lab),
        )

    def _answer(self, row: Row) -> None:
        """Let the receiver answer in the lab, and report later when it has."""
        commitment = Commitment.objects.get(
            proposal=self.proposals[row["proposal"]],
            receiver=self.people.organisations[row["receiver"]],
        )
        by, told = self.people.actors[row["receiver"]], self.world.say(row["next"])
        at = commitment.proposal.lab.starts_at + timedelta(minutes=80)
        if row["answer"] == "decline":
            commitments.decline(commitment, by=by, reason=told, at=at)
            return
        answer = getattr(commitments, row["answer"])
        answer(commitment, by=by, next_step=told, due=self.world.day(row["report_by"]), at=at)
        if row["status"] == "reported":
            happened = self.world.say(self.world["reports"][row["id"]])
            commitments.report(
                commitment,
                commitments.Report(
                    Outcome.KEPT,
                    happened,
                    right_thing="yes",
                    right_way="yes",
                    shown=self._shown(row["id"]),
                ),
                by=by,
                at=self.world.moment(row["reported_on"]),
            )

    def _shown(self, key: str) -> commitments.Shown | None:
        """Return the drawing that stands in the report, when there is one."""
        row = self.world["pictures"].get(key)
        if row is None:
            return None
        with SOURCE.with_name(row["file"]).open("rb") as file:
            return commitments.Shown(made_anew(file), self.world.say(row))

    def _now(self, lab: Lab) -> Any:
        phase = current_phase(lab)
        return phase.started_at if phase else lab.starts_at
