from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hakapa.process.models import Event


def site(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  (Django's signature)
    """Give every page what its frame needs."""
    return {"is_demo": SimpleLazyObject(_is_demo)}


def _is_demo() -> bool:
    """Tell whether the demo world has been loaded into this database."""
    return Event.objects.filter(move="load_demo").exists()
