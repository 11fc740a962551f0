from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hakapa.accounts.models import AnyUser, Organisation
from hakapa.accounts.queries import works_for
from hakapa.challenges.lifecycle import State
from hakapa.challenges.models import Challenge, EffectGoal
from hakapa.challenges.tags import Barrier, Theme
from hakapa.process.models import Event

Challenges: TypeAlias = QuerySet[Challenge]


def visible_to(user: AnyUser) -> Challenges:
    """Return the challenges the user may see: all but other organisations' drafts."""
    open_or_own = ~Q(state=State.DRAFT) | Q(owner__in=works_for(user))
    return (
        Challenge.objects.filter(open_or_own)
        .select_related("owner")
        .annotate(sharing=Count("shared_needs", distinct=True))
        .order_by("-created", "-pk")  # counting makes Django forget the model's order
    )


def of_organisation(user: AnyUser, organisation: Organisation) -> Challenges:
    """Return the visible challenges that the organisation owns or has said it shares."""
    theirs = Challenge.objects.filter(
        Q(owner=organisation) | Q(shared_needs__organisation=organisation)
    )
    return visible_to(user).filter(pk__in=theirs.values("pk"))


def newly_opened(user: AnyUser) -> Challenges:
    """Return the visible challenges with when each was `opened` to everybody, the latest first."""
    openings = Event.objects.filter(
        subject_type=Challenge._meta.label_lower, subject_id=OuterRef("pk"), move="publish"
    )
    opened = Coalesce(Subquery(openings.order_by("at").values("at")[:1]), F("created"))
    return visible_to(user).annotate(opened=opened).order_by("-opened", "-pk")


def with_all(challenges: Challenges) -> Challenges:
    """Return the challenges together with all that their own pages show."""
    return challenges.select_related("goal").prefetch_related(
        "units", "goal__measurements", "shared_needs__organisation"
    )


@dataclass(frozen=True)
class Choice:
    """What a reader narrows the list by; empty means all."""

    words: str = ""
    theme: str = ""
    barrier: str = ""
    state: str = ""
    owner: int | None = None


def chosen(user: AnyUser, choice: Choice) -> Challenges:
    """Return the visible challenges that the choice leaves."""
    challenges = visible_to(user)
    if choice.words:
        query = SearchQuery(choice.words, config="swedish", search_type="websearch")
        challenges = challenges.filter(Q(words=query) | Q(title__icontains=choice.words))
    if choice.theme:
        challenges = challenges.filter(themes__contains=[choice.theme])
    if choice.barrier:
        challenges = challenges.filter(barriers__contains=[choice.barrier])
    if choice.state:
        challenges = challenges.filter(state=choice.state)
    if choice.owner:
        challenges = challenges.filter(owner=choice.owner)
    return challenges


@dataclass(frozen=True)
class Reading:
    """The value of a goal's measure on a day."""

    on: date
    value: Decimal
    note: str = ""


def readings(goal: EffectGoal) -> list[Reading]:
    """Return the goal's values in order of time, the baseline first."""
    later = [
        Reading(measured.measured_on, measured.value, measured.note)
        for measured in goal.measurements.all()
        if measured.measured_on > goal.baseline_on  # a baseline set anew leaves older ones behind
    ]
    return [Reading(goal.baseline_on, goal.baseline), *later]


@dataclass(frozen=True)
class Likeness:
    """A challenge like the one being written, and why it is thought so."""

    challenge: Challenge
    words: Sequence[str]
    themes: Sequence[Theme]
    barriers: Sequence[Barrier]

    @property
    def said(self) -> str:
        """The rarest words that both use."""
        return ", ".join(self.words[:4])

    @property
    def subjects(self) -> str:
        """The themes that both have."""
        return ", ".join(str(theme.label) for theme in self.themes)

    @property
    def obstacles(self) -> str:
        """The barriers that both have."""
        return ", ".join(str(barrier.label) for barrier in self.barriers)


_PUNCTUATION = ".,:;!?()[]\"'”“–-"
# Words that Swedish texts share without being about the same thing.
_EMPTY = frozenset(
    [
        "ska", "skall", "vill", "hos", "gör", "göra", "gjort", "finns", "får", "få", "kan",
        "kunna", "hela", "andra", "annan", "annat", "någon", "något", "nästa", "gång", "gånger",
        "redan", "också", "bara", "mer", "mest", "samma", "själv", "ingen", "inget", "varje",
        "år", "dag", "var", "behöver", "hur", "vad", "vem", "när", "där", "här", "alla", "allt",
        "flera",
    ]
)  # fmt: skip
_STEMS = """
SELECT DISTINCT ON (stem) stem, word
FROM unnest(%s::text[]) AS word, unnest(tsvector_to_array(to_tsvector('swedish', word))) AS stem
"""
_SHARED = """
WITH hits AS (
  SELECT challenge.id, stem
  FROM challenges_challenge AS challenge, unnest(tsvector_to_array(challenge.words)) AS stem
  WHERE challenge.words @@ %(query)s::tsquery AND stem = ANY(%(stems)s)
    AND challenge.id IS DISTINCT FROM %(but_not)s
), weighed AS (
  SELECT id, stem,
    ln(1 + (SELECT count(*) FROM challenges_challenge)::float / count(*) OVER (PARTITION BY stem))
      AS weight
  FROM hits
)
SELECT id, array_agg(stem ORDER BY weight DESC, stem), sum(weight)
FROM weighed GROUP BY id HAVING count(*) >= 2 ORDER BY 3 DESC, id LIMIT 20
"""


def similar_to(
    user: AnyUser,
    text: str,
    *,
    themes: Sequence[str] = (),
    barriers: Sequence[str] = (),
    but_not: int | None = None,
) -> list[Likeness]:
    """Return up to three challenges like the text, best first, each with its reason.

    Two texts are alike when they share words (in Swedish stems, rare ones weigh more) or
    tags; a shared tag alone is no likeness.
    """
    rows = _shared_stems(text, but_not)
    found = visible_to(user).in_bulk([pk for pk, _, _ in rows])
    alike = []
    for pk, words, weight in rows:
        if pk not in found:
            continue
        challenge = found[pk]
        common_themes = [t for t in Theme if t in themes and t in challenge.themes]
        common_barriers = [b for b in Barrier if b in barriers and b in challenge.barriers]
        rank = weight + 0.5 * (len(common_themes) + len(common_barriers))
        alike.append((rank, Likeness(challenge, words, common_themes, common_barriers)))
    alike.sort(key=lambda pair: (-pair[0], pair[1].challenge.pk))
    return [likeness for _, likeness in alike[:3]]


def like(user: AnyUser, challenge: Challenge) -> list[Likeness]:
    """Return up to three challenges like this one."""
    text = f"{challenge.title} {challenge.today} {challenge.wish}"
    return similar_to(
        user,
        text,
        themes=challenge.themes,
        barriers=challenge.barriers,
        but_not=challenge.pk,
    )


def _shared_stems(text: str, but_not: int | None) -> list[tuple[int, list[str], float]]:
    """Return (challenge id, the text's words that it shares, weight), heaviest first."""
    with connection.cursor() as cursor:
        words = [w for w in text.split() if w.strip(_PUNCTUATION).lower() not in _EMPTY]
        cursor.execute(_STEMS, [words[:300]])
        word_of = {stem: word.strip(_PUNCTUATION).lower() for stem, word in cursor.fetchall()}
        quoted = (stem.replace("\\", "\\\\").replace("'", "''") for stem in word_of)
        cursor.execute(
            _SHARED,
            {
                "query": " | ".join(f"'{stem}'" for stem in quoted),
                "stems": list(word_of),
                "but_not": but_not,
            },
        )
        return [(pk, [word_of[s] for s in stems], weight) for pk, stems, weight in cursor]
