from django.apps import AppConfig
from typing_extensions import override


class ModerationConfig(AppConfig):
    name = "hakapa.moderation"
    label = "moderation"

    @override
    def ready(self) -> None:
        # Imported for what it registers.
        from hakapa.moderation import panels  # noqa: F401, PLC0415
