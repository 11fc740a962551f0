"""The opinion map as pages read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hakapa.accounts.models import AnyUser
from hakapa.accounts.queries import works_for
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, OpinionMap, Perspective, Vote
from hakapa.labs.queries.finding import visible_to
from hakapa.labs.queries.results import open_statements

Marks: TypeAlias = dict[str, SafeString]
_MOST = 3  # statements shown of each kind
LARGE = ("inputs", "trail", "told")


def maps_visible_to(user: AnyUser) -> QuerySet[OpinionMap]:
    """Return the maps the user may see: of closed labs, and where the results are shown.

    Those who lead a running lab see its map before the room does.
    """
    seen = Q(state=State.CLOSED) | Q(state=State.RUNNING, are_results_shown=True)
    if mine := works_for(user):
        led = Lab.objects.filter(Q(host__in=mine) | Q(leaders__in=mine)).values("pk")
        seen |= Q(state=State.RUNNING, pk__in=led)
    return OpinionMap.objects.filter(lab__in=visible_to(user).filter(seen), people__gt=0)


def map_on_screens(lab: Lab) -> OpinionMap | None:
    """Return the lab's map when everybody in the room may see it."""
    if lab.state != State.CLOSED and not lab.are_results_shown:
        return None
    return OpinionMap.objects.filter(lab=lab, people__gt=0).defer(*LARGE).first()


@dataclass(frozen=True)
class Wording:
    """A statement's words, and the language they are in."""

    text: str
    language: str


@dataclass(frozen=True)
class MapGroup:
    """A group on the map: its mark, its name, how many, and what it stands out by."""

    mark: str
    name: str
    size: int
    stands_for: list[tuple[Wording, bool]]  # the statement, and whether the group agrees


@dataclass(frozen=True)
class Bar:
    """What a group or a perspective answered to a statement."""

    mark: str
    name: str
    disagree: int
    passed: int
    agree: int


@dataclass(frozen=True)
class Compared:
    """A statement with the answers of all groups and perspectives that may be told."""

    statement: Wording
    groups: list[Bar]
    perspectives: list[Bar]


@dataclass(frozen=True)
class ShownMap:
    """A map as a page shows it, in one language."""

    url: str
    drawing: str
    computed_at: datetime
    people: int
    votes: int
    groups: list[MapGroup]
    unites: list[Compared]
    divides: list[Compared]
    sentences: list[str]
    columns: list[str]
    rows: list[list[str]]
    method: dict[str, Any]


def shown_map(lab: Lab, user: AnyUser) -> ShownMap | None:
    """Return the lab's map in the page's language; None when there is none the user may see."""
    language = "en" if (get_language() or "sv").startswith("en") else "sv"
    maps = maps_visible_to(user).filter(lab=lab).defer(*LARGE)
    found = maps.annotate(words=F(f"told__{language}")).first()
    if found is None:
        return None
    shown, words = found.shown, found.words
    languages = dict(open_statements(lab).values_list("pk", "language"))
    texts = {
        one["id"]: Wording(one["text"], languages.get(one["id"], lab.language))
        for one in shown["statements"]
    }
    names = [one["name"] for one in shown["groups"]]
    marks = dict(zip(names, map(mark_safe, words["marks"]), strict=True))  # drawn by us
    return ShownMap(
        url=found.get_absolute_url(),
        drawing=words["drawing"],
        computed_at=found.computed_at,
        people=found.people,
        votes=shown["n_votes"],
        groups=[_group(one, texts, marks) for one in shown["groups"]],
        unites=_compared(shown, texts, marks, "bridging"),
        divides=_compared(shown, texts, marks, "dividing"),
        sentences=words["sentences"],
        columns=words["table"][0],
        rows=words["table"][1:],
        method=shown["method"],
    )


def _group(told: dict[str, Any], texts: dict[int, Wording], marks: Marks) -> MapGroup:
    stands_for = [
        (texts[one["statement"]], one["answer"] == "agree") for one in told["representative"]
    ]
    return MapGroup(marks[told["name"]], told["name"], told["size"], stands_for[:_MOST])


def _compared(
    shown: dict[str, Any], texts: dict[int, Wording], marks: Marks, kind: str
) -> list[Compared]:
    """Return the first statements that unite or divide the groups, then the perspectives."""
    chosen: list[int] = []
    for division in ("groups", "sectors"):
        between = shown.get(f"between_{division}", {kind: []})[kind]
        chosen += [one["statement"] for one in between[:_MOST]]
    names = {value: str(label) for value, label in Perspective.choices}
    return [
        Compared(
            texts[one],
            [Bar(marks[name], name, *told) for name, told in _told(one, shown["groups"])],
            [Bar("", names[name], *told) for name, told in _told(one, shown.get("sectors", []))],
        )
        for one in dict.fromkeys(chosen)
    ]


def _told(statement: int, parts: list[dict[str, Any]]) -> Iterable[tuple[str, list[int]]]:
    """Yield who may be told to have answered how: disagreeing, passing, agreeing."""
    for part in parts:
        if counts := part["disagree_pass_agree"].get(str(statement)):
            yield part["name"], counts


@dataclass(frozen=True)
class Answered:
    """How many answers a lab has, and when the last was given."""

    votes: int
    latest: datetime | None


def answered(lab: Lab) -> Answered:
    """Return how many answers count now."""
    votes = Vote.objects.filter(statement__in=open_statements(lab))
    return Answered(**votes.aggregate(votes=Count("pk"), latest=Max("at")))


def is_up_to_date(lab: Lab) -> bool:
    """Tell whether the lab's map covers all the answers that count now."""
    now = answered(lab)
    return OpinionMap.objects.filter(
        lab=lab, votes=now.votes, latest_vote_at=now.latest
    ).exists() or not (now.votes or OpinionMap.objects.filter(lab=lab).exists())


def labs_to_map() -> Iterable[Lab]:
    """Return the labs whose map lags behind: running ones that answer, closed ones without any."""
    running = Lab.objects.filter(state=State.RUNNING)
    unmapped = Lab.objects.filter(state=State.CLOSED, opinion_map__isnull=True)
    yield from (lab for lab in running if not is_up_to_date(lab))
    yield from unmapped
