from django.apps import AppConfig
from typing_extensions import override


class CommitmentsConfig(AppConfig):
    name = "hakapa.commitments"
    label = "commitments"

    @override
    def ready(self) -> None:
        # Imported for what they register.
        from hakapa.commitments import closing, panels, reactions, tasks  # noqa: F401, PLC0415
