"""The journal in plain words."""

from django import template
from django.utils.translation import gettext_lazy as _

from hakapa.kernel.lifecycle import Lifecycle
from hakapa.process.models import Event, Movable

register = template.Library()

# What is done to things without changing their state.
_DEEDS = {
    "start": _("wrote the first draft"),
    "improve": _("improved the wording"),
    "set_goal": _("set the effect goal"),
    "measure": _("wrote down a value of the measure"),
    "share_need": _("said: we have it too"),
    "withdraw_need": _("took back having it too"),
    "plan": _("planned the lab"),
    "change": _("changed the plan"),
    "invite": _("was invited to answer"),
    "uninvite": _("is no longer invited"),
    "step": _("went to another phase"),
    "pace": _("changed the pace"),
    "arrange": _("changed what the room may do and see"),
    "lead": _("handed over the lead"),
    "hide": _("hid a contribution"),
    "unhide": _("showed a contribution again"),
    "approve": _("let a contribution be seen"),
    "hold_back": _("let a contribution wait"),
    "promote": _("showed a contribution first"),
    "demote": _("put a contribution back in line"),
    "merge_notes": _("merged contributions"),
    "unmerge_notes": _("undid a merger"),
    "type_in": _("typed in a paper card"),
    "add_room": _("added a room"),
    "remove_room": _("removed a room"),
    "provide_codes": _("made personal codes"),
    "free_code": _("freed a personal code, so that its seat could move to another phone"),
    "rewrite": _("changed the run sheet"),
    "import": _("imported a conversation"),
    "grow": _("put the proposal forward"),
    "absorb": _("took in another proposal"),
    "ask": _("was asked"),
    "postpone": _("moved the date"),
    "go_on": _("told how it is going"),
    "change_date": _("changed the date"),
    "disable": _("was turned off, because it could not be reached"),
    "hand_over": _("handed it over to a colleague"),
    "remind": _("was reminded"),
    "late": _("did not report in time"),
    "add_picture": _("put a picture in a report"),
    "remove_picture": _("took a picture out of a report"),
    "ask_participants": _("those who took part were asked whether it happened"),
    "flag": _("a reader reported the text"),
    "verify": _("somebody who took part said whether it happened"),
}


def deed(event: Event, lifecycle: Lifecycle) -> str:
    """Return what was done, in the past tense: “opened the challenge”."""
    move = lifecycle.named(event.move)
    return str(move.says if move else _DEEDS[event.move])


@register.simple_tag
def says(event: Event, thing: Movable) -> str:
    """Say who did what, by organisation: “Umeå opened the challenge: because …”."""
    who = f"{event.organisation} " if event.organisation else ""
    why = event.details.get("why", "")
    sentence = f"{who}{deed(event, thing.lifecycle)}"
    sentence = sentence[0].upper() + sentence[1:]
    return f"{sentence}: {why}" if why else sentence
