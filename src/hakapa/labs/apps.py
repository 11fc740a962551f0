from django.apps import AppConfig
from typing_extensions import override


class LabsConfig(AppConfig):
    name = "hakapa.labs"
    label = "labs"

    @override
    def ready(self) -> None:
        from hakapa.labs import panels, screens  # noqa: F401, PLC0415  (they register what they tell)
