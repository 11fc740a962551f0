"""Every change that can be made to a lab and to what the room leaves behind."""

from hakapa.labs.actions.claiming import claim, let_go
from hakapa.labs.actions.guarding import count_wrong_code
from hakapa.labs.actions.importing import import_conversation
from hakapa.labs.actions.mapping import forget_map, map_opinions
from hakapa.labs.actions.moderating import hide, unhide
from hakapa.labs.actions.planning import Plan, cancel, change, invite, plan, publish, uninvite
from hakapa.labs.actions.running import close, resume, start, step
from hakapa.labs.actions.taking_part import SeatTakenError, Words, contribute, join, take_back
from hakapa.labs.actions.weighing import CONFUSING, place_dots, rate, vote

__all__ = [
    "CONFUSING",
    "Plan",
    "SeatTakenError",
    "Words",
    "cancel",
    "change",
    "claim",
    "close",
    "contribute",
    "count_wrong_code",
    "forget_map",
    "hide",
    "import_conversation",
    "invite",
    "join",
    "let_go",
    "map_opinions",
    "place_dots",
    "plan",
    "publish",
    "rate",
    "resume",
    "start",
    "step",
    "take_back",
    "unhide",
    "uninvite",
    "vote",
]
