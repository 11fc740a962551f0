from django.apps import AppConfig
from typing_extensions import override


class ChallengesConfig(AppConfig):
    name = "hakapa.challenges"
    label = "challenges"

    @override
    def ready(self) -> None:
        from hakapa.challenges import panels  # noqa: F401, PLC0415  (registers what it tells)
