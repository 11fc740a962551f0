from django.apps import AppConfig
from typing_extensions import override


class LabsConfig(AppConfig):
    name = "hakapa.labs"
    label = "labs"

    @override
    def ready(self) -> None:
        # Imported for what they register.
        from hakapa.labs import panels, reactions, screens  # noqa: F401, PLC0415
