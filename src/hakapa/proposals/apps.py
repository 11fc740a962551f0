from django.apps import AppConfig
from typing_extensions import override


class ProposalsConfig(AppConfig):
    name = "hakapa.proposals"
    label = "proposals"

    @override
    def ready(self) -> None:
        from hakapa.proposals import panels  # noqa: F401, PLC0415  (registers what it tells)
