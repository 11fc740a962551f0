"""The read API: everything public, for anyone, without a key."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from hakapa import __version__
from hakapa.accounts.api import router as organisations
from hakapa.challenges.api import router as challenges
from hakapa.commitments.api import router as commitments
from hakapa.labs.api import router as labs
from hakapa.proposals.api import router as proposals

api = NinjaAPI(
    title="Hakapå",
    version=__version__,
    description="Challenges, labs, proposals and promises, as they stand. All of it is public.",
    docs_url=None,  # its page needs scripts from elsewhere; the document itself is served
    urls_namespace="api",
)
api.add_router("/organisations", organisations)
api.add_router("/challenges", challenges)
api.add_router("/labs", labs)
api.add_router("/proposals", proposals)
api.add_router("/commitments", commitments)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parameter could not be read, and why."""
    wrong = [
        {"parameter": ".".join(map(str, part["loc"])), "reason": part["msg"]}
        for part in error.errors
    ]
    return api.create_response(request, {"detail": "Not understood", "errors": wrong}, status=400)
