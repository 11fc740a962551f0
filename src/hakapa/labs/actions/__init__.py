"""Every change that can be made to a lab and to what the room leaves behind."""

from hakapa.labs.actions.claiming import claim, let_go
from hakapa.labs.actions.gathering import Typed, type_in
from hakapa.labs.actions.guarding import count_wrong_code
from hakapa.labs.actions.importing import import_conversation
from hakapa.labs.actions.leading import hand_over, take_lead
from hakapa.labs.actions.mapping import forget_map, map_opinions
from hakapa.labs.actions.merging import merge, unmerge
from hakapa.labs.actions.moderating import approve, demote, hide, hold_back, promote, unhide
from hakapa.labs.actions.pacing import give_time, go_on, pause, skip, unskip
from hakapa.labs.actions.planning import Plan, cancel, change, invite, plan, publish, uninvite
from hakapa.labs.actions.preparing import Step, add_room, provide_codes, remove_room, rewrite
from hakapa.labs.actions.reseating import free_code, sit_again
from hakapa.labs.actions.running import close, resume, run_out, start, step
from hakapa.labs.actions.showing import (
    close_voting,
    hide_results,
    look_first,
    open_voting,
    show_results,
)
from hakapa.labs.actions.taking_part import SeatTakenError, Words, contribute, join, take_back
from hakapa.labs.actions.weighing import CONFUSING, place_dots, rate, vote

__all__ = [
    "CONFUSING",
    "Plan",
    "SeatTakenError",
    "Step",
    "Typed",
    "Words",
    "add_room",
    "approve",
    "cancel",
    "change",
    "claim",
    "close",
    "close_voting",
    "contribute",
    "count_wrong_code",
    "demote",
    "forget_map",
    "free_code",
    "give_time",
    "go_on",
    "hand_over",
    "hide",
    "hide_results",
    "hold_back",
    "import_conversation",
    "invite",
    "join",
    "let_go",
    "look_first",
    "map_opinions",
    "merge",
    "open_voting",
    "pause",
    "place_dots",
    "plan",
    "promote",
    "provide_codes",
    "publish",
    "rate",
    "remove_room",
    "resume",
    "rewrite",
    "run_out",
    "show_results",
    "sit_again",
    "skip",
    "start",
    "step",
    "take_back",
    "take_lead",
    "type_in",
    "unhide",
    "uninvite",
    "unmerge",
    "unskip",
    "vote",
]
