"""What is planned for a lab, how one gets in, and what the room leaves behind."""

from hakapa.labs.models.ballots import Choice, Criterion, Dots, Rating, Vote
from hakapa.labs.models.door import WrongCode
from hakapa.labs.models.mapped import OpinionMap
from hakapa.labs.models.planned import Lab, Phase, Receiver, Room
from hakapa.labs.models.room import Contribution, Kind, Participant, PersonalCode, Perspective

__all__ = [
    "Choice",
    "Contribution",
    "Criterion",
    "Dots",
    "Kind",
    "Lab",
    "OpinionMap",
    "Participant",
    "PersonalCode",
    "Perspective",
    "Phase",
    "Rating",
    "Receiver",
    "Room",
    "Vote",
    "WrongCode",
]
