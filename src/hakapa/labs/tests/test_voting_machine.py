"""However answers, replays, older answers and a closing cross each other, one row is left."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Choice, Vote
from hakapa.labs.tests.factories import ContributionFactory, LabFactory, ParticipantFactory

PEOPLE = STATEMENTS = 2


class Voting(RuleBasedStateMachine):
    """A small room in which everything that can cross does."""

    sent = Bundle("sent")

    def __init__(self):
        super().__init__()
        self.lab = LabFactory.create()
        self.people = ParticipantFactory.create_batch(PEOPLE, lab=self.lab)
        self.statements = ContributionFactory.create_batch(STATEMENTS, lab=self.lab)
        self.newest = {}

    @rule(
        target=sent,
        who=st.integers(0, PEOPLE - 1),
        what=st.integers(0, STATEMENTS - 1),
        value=st.sampled_from(Choice.values),
        sequence=st.integers(1, 6),
    )
    def answer(self, who, what, value, sequence):
        self._send(who, what, value, sequence)
        return who, what, value, sequence

    @rule(answer=sent)
    def send_again(self, answer):
        self._send(*answer)

    @rule(who=st.integers(0, PEOPLE - 1), value=st.sampled_from(Choice.values))
    def answer_on_a_plain_page(self, who, value):
        self._send(who, 0, value, None)

    @rule(is_open=st.booleans())
    def open_or_close_voting(self, is_open):
        self.lab.is_voting_open = is_open
        self.lab.save(update_fields=["is_voting_open"])

    @rule(state=st.sampled_from([State.RUNNING, State.CLOSED]))
    def close_or_resume(self, state):
        type(self.lab).objects.filter(pk=self.lab.pk).update(state=state)
        self.lab.refresh_from_db()

    def _send(self, who, what, value, sequence):
        takes = self.lab.state == State.RUNNING and self.lab.is_voting_open
        answer = {"participant": self.people[who], "value": value, "sequence": sequence}
        try:
            kept = actions.vote(self.statements[what], **answer)
        except TooLateError:
            assert not takes
            return
        assert takes
        before = self.newest.get((who, what), (None, 0))
        if sequence is None:
            assert kept.sequence > before[1]
            self.newest[who, what] = (value, kept.sequence)
        elif sequence > before[1]:
            self.newest[who, what] = (value, sequence)

    @invariant()
    def one_row_holds_the_newest_answer(self):
        kept = {
            (self.people.index(v.participant), self.statements.index(v.statement)): (
                v.value,
                v.sequence,
            )
            for v in Vote.objects.filter(statement__lab=self.lab)
        }
        assert kept == self.newest
        assert Vote.objects.filter(statement__lab=self.lab).count() == len(self.newest)


@pytest.mark.django_db
def test_any_crossing_of_answers_leaves_one_row_with_the_newest():
    few = settings(
        max_examples=15,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Voting, settings=few)
