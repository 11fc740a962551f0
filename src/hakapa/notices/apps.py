from django.apps import AppConfig
from typing_extensions import override


class NoticesConfig(AppConfig):
    name = "hakapa.notices"
    label = "notices"

    @override
    def ready(self) -> None:
        # Imported for what they register.
        from hakapa.notices import panels, reactions  # noqa: F401, PLC0415
