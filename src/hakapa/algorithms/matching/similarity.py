"""Things that resemble a thing, by shared words and tags, with the reason shown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from hakapa.algorithms.matching.stems import stems

TEXT_PART = 0.7  # how much of the score is words; the rest is tags
SHOWN_WORDS = 5
SENTENCES = {
    "sv": {"both": "Liknar: {reasons}.", "words": "båda nämner {words}", "tags": "båda har {tags}"},
    "en": {
        "both": "Similar: {reasons}.",
        "words": "both mention {words}",
        "tags": "both have {tags}",
    },
}


@dataclass(frozen=True)
class Thing:
    """A challenge or a solution: its text in Swedish and its tags."""

    id: str
    text: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """How much a thing resembles the one asked about (0 to 1), and by what."""

    id: str
    score: float
    words: tuple[str, ...]  # as they stand in the other thing, the most telling first
    tags: tuple[str, ...]

    def explain(self, language: str = "sv") -> str:
        """Say what the two have in common."""
        say, reasons = SENTENCES[language], []
        if self.words:
            reasons.append(say["words"].format(words=", ".join(self.words)))
        if self.tags:
            reasons.append(say["tags"].format(tags=", ".join(self.tags)))
        return say["both"].format(reasons="; ".join(reasons))


def similar(
    thing: Thing,
    others: Sequence[Thing],
    *,
    most: int = 5,
    ranks: Mapping[str, float] | None = None,
) -> tuple[Match, ...]:
    """Find what resembles a thing most; ties by id, things with nothing in common left out.

    Words count more the fewer things use them (cosine of tf-idf over Swedish stems).  `ranks`
    replaces that by a full-text rank from elsewhere, scaled so that the highest is 1.
    """
    texts = {other.id: dict(stems(other.text)) for other in others}
    counts = {other.id: Counter(s for s, _ in stems(other.text)) for other in others}
    asked = Counter(s for s, _ in stems(thing.text))
    rarity = _rarity([asked, *counts.values()])
    highest = max(ranks.values(), default=0.0) if ranks else 0.0
    matches = []
    for other in others:
        shared = sorted(asked.keys() & counts[other.id].keys(), key=lambda s: (-rarity[s], s))
        tags = thing.tags & other.tags
        if other.id == thing.id or not (shared or tags):
            continue
        by_words = _cosine(asked, counts[other.id], rarity)
        if ranks is not None:
            by_words = ranks.get(other.id, 0.0) / highest if highest > 0 else 0.0
        by_tags = len(tags) / max(1, len(thing.tags | other.tags))
        score = TEXT_PART * by_words + (1 - TEXT_PART) * by_tags
        words = tuple(texts[other.id][s] for s in shared[:SHOWN_WORDS])
        matches.append(Match(other.id, score, words, tuple(sorted(tags))))
    return tuple(sorted(matches, key=lambda match: (-match.score, match.id))[:most])


def _rarity(texts: Iterable[Counter[str]]) -> dict[str, float]:
    """Weigh each stem by how few texts use it."""
    counted = list(texts)
    used = Counter(s for text in counted for s in text)
    return {s: log(1 + len(counted) / often) for s, often in used.items()}


def _cosine(first: Counter[str], second: Counter[str], rarity: Mapping[str, float]) -> float:
    def product(a: Counter[str], b: Counter[str]) -> float:
        return sum(a[s] * b[s] * rarity[s] ** 2 for s in sorted(a) if s in b)

    whole = sqrt(product(first, first) * product(second, second))
    return product(first, second) / whole if whole else 0.0
