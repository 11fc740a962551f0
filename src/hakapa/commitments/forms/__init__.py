"""What is asked of receivers, of those who took part, and of readers who choose."""

from hakapa.commitments.forms.answering import AnswerForm, ReportForm
from hakapa.commitments.forms.choosing import CountyForm, FilterForm
from hakapa.commitments.forms.picturing import PictureForm
from hakapa.commitments.forms.seeing_to import ChangeDateForm, HandOverForm, VerifyForm

__all__ = [
    "AnswerForm",
    "ChangeDateForm",
    "CountyForm",
    "FilterForm",
    "HandOverForm",
    "PictureForm",
    "ReportForm",
    "VerifyForm",
]
