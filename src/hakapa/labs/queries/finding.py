from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet
from django.utils import timezone

from hakapa.accounts.models import AnyUser
from hakapa.accounts.queries import works_for
from hakapa.challenges import queries as challenge_queries
from hakapa.challenges.models import Challenge
from hakapa.labs import codes
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, WrongCode

Labs: TypeAlias = QuerySet[Lab]


def visible_to(user: AnyUser) -> Labs:
    """Return the labs the user may see: all announced, and those the user prepares."""
    unannounced = Q(state=State.PLANNED) | Q(state=State.CANCELLED, announced_at__isnull=True)
    labs = Lab.objects.select_related("host")
    if not (mine := works_for(user)):
        return labs.filter(~unannounced)
    prepared = Q(host__in=mine) | Q(leaders__in=mine) | Q(receivers__organisation__in=mine)
    return labs.filter(pk__in=Lab.objects.filter(~unannounced | prepared).values("pk"))


@dataclass(frozen=True)
class Narrowing:
    """What a reader narrows the list by; empty means all."""

    words: str = ""
    state: str = ""
    host: int | None = None


def chosen(user: AnyUser, narrowing: Narrowing) -> Labs:
    """Return the visible labs that are left, newest first."""
    labs = visible_to(user)
    if narrowing.words:
        query = SearchQuery(narrowing.words, config="swedish", search_type="websearch")
        labs = labs.annotate(
            found=SearchVector("title", "purpose", "place", config="swedish")
        ).filter(Q(found=query) | Q(title__icontains=narrowing.words))
    if narrowing.state:
        labs = labs.filter(state=narrowing.state)
    if narrowing.host:
        labs = labs.filter(host=narrowing.host)
    return labs


def with_run_sheet(labs: Labs) -> Labs:
    """Return the labs together with all that their own pages show."""
    return labs.prefetch_related(
        "phases", "leaders", "receivers__organisation", "receivers__challenges"
    )


def labs_about(challenge_ids: Collection[int], user: AnyUser) -> Labs:
    """Return the visible labs that take up any of the challenges, newest first."""
    return visible_to(user).filter(challenges__in=challenge_ids).distinct()


def challenges_of(labs: Iterable[Lab], user: AnyUser) -> QuerySet[Challenge]:
    """Return the labs' challenges that the user may see."""
    taken_up = Challenge.objects.filter(labs__in=labs)
    return challenge_queries.visible_to(user).filter(pk__in=taken_up.values("pk"))


def announced() -> Labs:
    """Return the labs that everybody may know of."""
    return visible_to(AnonymousUser())


def guesses_too_much(address: str) -> bool:
    """Tell whether so many wrong codes have come from the address that no more is listened to."""
    recent = WrongCode.objects.filter(
        address=codes.fingerprint(address), created__gte=timezone.now() - codes.COUNTED_FOR
    )
    return recent.count() >= codes.MOST_FROM_AN_ADDRESS
