"""Every change that can be made to what receivers answer and promise."""

from hakapa.commitments.actions.answering import (
    ANSWERS,
    Answer,
    answer,
    ask,
    decline,
    follow,
    hop_on,
    park,
    refuse_when_settled,
    return_from_parking,
    take,
)
from hakapa.commitments.actions.handing import hand_over, refuse_when_nothing_is_left
from hakapa.commitments.actions.picturing import (
    MOST_PICTURES,
    Shown,
    add_picture,
    remove_picture,
)
from hakapa.commitments.actions.reminding import remind
from hakapa.commitments.actions.reporting import (
    Report,
    change_date,
    refuse_without_promise,
    report,
)
from hakapa.commitments.actions.verifying import invite_to_verify, verify

__all__ = [
    "ANSWERS",
    "MOST_PICTURES",
    "Answer",
    "Report",
    "Shown",
    "add_picture",
    "answer",
    "ask",
    "change_date",
    "decline",
    "follow",
    "hand_over",
    "hop_on",
    "invite_to_verify",
    "park",
    "refuse_when_nothing_is_left",
    "refuse_when_settled",
    "refuse_without_promise",
    "remind",
    "remove_picture",
    "report",
    "return_from_parking",
    "take",
    "verify",
]
