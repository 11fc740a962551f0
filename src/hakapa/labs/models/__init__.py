"""What is planned for a lab, how one gets in, and what the room leaves behind."""

from hakapa.labs.models.door import WrongCode
from hakapa.labs.models.planned import Lab, Phase, Receiver
from hakapa.labs.models.room import Choice, Contribution, Kind, Participant, Perspective, Vote

__all__ = [
    "Choice",
    "Contribution",
    "Kind",
    "Lab",
    "Participant",
    "Perspective",
    "Phase",
    "Receiver",
    "Vote",
    "WrongCode",
]
