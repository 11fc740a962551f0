"""What the promises are made of: the answer, what is told about it, and who confirms it."""

from hakapa.commitments.models.pictured import Picture
from hakapa.commitments.models.promised import Commitment, Mandate
from hakapa.commitments.models.reminded import Milestone, Reminder
from hakapa.commitments.models.told import FollowUp, Judgement, Outcome
from hakapa.commitments.models.verified import Happened, Verification

__all__ = [
    "Commitment",
    "FollowUp",
    "Happened",
    "Judgement",
    "Mandate",
    "Milestone",
    "Outcome",
    "Picture",
    "Reminder",
    "Verification",
]
