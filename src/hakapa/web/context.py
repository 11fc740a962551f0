from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hakapa.process.models import Event


def site(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  (Django's signature)
    """Give every page what its frame needs."""
    return {"is_demo": SimpleLazyObject(_is_demo), "mail_is_kept": _mail_is_kept()}


def _mail_is_kept() -> bool:
    """Tell whether mail only lies in files, as on somebody's own computer."""
    return not settings.PRODUCTION and "filebased" in settings.EMAIL_BACKEND


def _is_demo() -> bool:
    """Tell whether the demo world has been loaded into this database."""
    return Event.objects.filter(move="load_demo").exists()
