"""Every form of labs: to plan and prepare one, to lead it, to take part in it."""

from hakapa.labs.forms.leading import CardForm, EndingForm, HandOverForm, HideForm, MergeForm
from hakapa.labs.forms.planning import CancelForm, InviteForm, LabForm
from hakapa.labs.forms.preparing import CodesForm, FreeForm, RoomForm, SheetForm, StepForm
from hakapa.labs.forms.taking_part import EnterForm, FilterForm, JoinForm, WeighForm, WriteForm

__all__ = [
    "CancelForm",
    "CardForm",
    "CodesForm",
    "EndingForm",
    "EnterForm",
    "FilterForm",
    "FreeForm",
    "HandOverForm",
    "HideForm",
    "InviteForm",
    "JoinForm",
    "LabForm",
    "MergeForm",
    "RoomForm",
    "SheetForm",
    "StepForm",
    "WeighForm",
    "WriteForm",
]
