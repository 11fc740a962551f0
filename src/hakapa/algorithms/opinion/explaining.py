"""A map in plain sentences, each built from its numbers."""

import numpy as np

from hakapa.algorithms.opinion.consensus import Shared
from hakapa.algorithms.opinion.division import Bridge, Divide, Division
from hakapa.algorithms.opinion.opinion_map import OpinionMap
from hakapa.algorithms.opinion.phrases import Language, decimal, percent, say, whole
from hakapa.algorithms.opinion.privacy import visible, visible_answers
from hakapa.algorithms.opinion.routing import least_certain
from hakapa.algorithms.opinion.significance import interval, two_sided_z

MOST = 3  # statements told of each kind


def explain(
    shown: OpinionMap, language: Language = "sv", *, still_asking: bool = True
) -> list[str]:
    """Explain the map; groups and sectors under the floor are not told.

    While people are still asked, tell also which statement to ask them about next.
    """
    if shown.mapped.size == 0:
        return [say(language, "nobody")]
    told = [*_room(shown, language), *_groups(shown, language), *_stands(shown, language)]
    for key, found in (("all agree", shown.agreed), ("all disagree", shown.rejected)):
        told += [_shared(shown, language, key, one) for one in found[:MOST]]
    told += _between(shown, shown.groups, language)
    if shown.sectors is not None:
        told += _between(shown, shown.sectors, language)
    next_up = least_certain(shown, 1) if still_asking else []
    return told + [say(language, "least", text=shown.text(one)) for one in next_up]


def _room(shown: OpinionMap, language: Language) -> list[str]:
    """Tell who took part and what the map shows."""
    x, y = shown.components.explained
    asked = (shown.room.cast >= max(shown.votes_asked, 1)).sum()
    mapped = whole(shown.mapped.size, language)
    numbers = {"mapped": mapped, "asked": shown.votes_asked, "least": shown.method.min_people}
    return [
        say(
            language,
            "room",
            people=whole(shown.room.participants.size, language),
            votes=whole(shown.n_votes, language),
            statements=whole(shown.room.statements.size, language),
        ),
        say(language, "filled" if asked < shown.mapped.size else "mapped", **numbers),
        say(
            language,
            "axes",
            shown=percent(x + y, language),
            x=percent(x, language),
            y=percent(y, language),
        ),
    ]


def _groups(shown: OpinionMap, language: Language) -> list[str]:
    """Tell the groups and why there are so many."""
    if shown.k < 2:  # noqa: PLR2004  one group is none
        return [say(language, "one group")]
    seen = visible(shown, shown.groups)
    parts = [
        say(
            language,
            "group",
            name=shown.groups.names[at],
            size=whole(shown.groups.sizes[at], language),
            share=percent(shown.groups.sizes[at] / shown.mapped.size, language),
        )
        for at in np.flatnonzero(seen).tolist()
    ]
    told = [say(language, "groups", k=shown.k, groups=", ".join(parts))] if parts else []
    hidden = int((~seen).sum())
    if hidden:
        told.append(say(language, "hidden", count=hidden, floor=shown.method.floor))
    return told + _choice(shown, language)


def _choice(shown: OpinionMap, language: Language) -> list[str]:
    """Tell why this number of groups, and what the last updates asked for."""
    told = []
    if shown.silhouettes:
        values = ", ".join(
            say(language, "value", k=k, value=decimal(value, language))
            for k, value in shown.silhouettes.items()
        )
        best = max(shown.silhouettes, key=lambda k: (shown.silhouettes[k], k))
        key = "choice" if best == shown.pace.asked else "stepped back"
        parts = {"best": best, "k": shown.pace.asked, "floor": shown.method.floor}
        told.append(say(language, key, values=values, **parts))
    if shown.pace.asked != shown.k:
        patience = shown.method.patience
        told.append(
            say(
                language,
                "waiting",
                times=shown.pace.times,
                asked=shown.pace.asked,
                patience=patience,
            )
        )
    return told


def _stands(shown: OpinionMap, language: Language) -> list[str]:
    """Tell what each group stands for."""
    answers = visible_answers(shown, shown.groups)
    return [
        say(
            language,
            f"{one.answer}s",
            name=shown.groups.names[at],
            text=shown.text(one.statement),
            success=one.success,
            trials=one.trials,
        )
        for at, chosen in enumerate(shown.groups.representative)
        for one in [one for one in chosen if answers[at, one.statement]][:MOST]
    ]


def _shared(shown: OpinionMap, language: Language, key: str, one: Shared) -> str:
    """Tell what the whole room answers."""
    confidence = shown.method.confidence
    low, high = interval(np.array(one.success), np.array(one.trials), two_sided_z(confidence))
    return say(
        language,
        key,
        text=shown.text(one.statement),
        success=one.success,
        trials=one.trials,
        low=percent(float(low), language),
        high=percent(float(high), language),
        confidence=percent(confidence, language),
    )


def _between(shown: OpinionMap, division: Division, language: Language) -> list[str]:
    """Tell what unites and what divides groups or sectors that may be shown."""
    answers = visible_answers(shown, division)
    bridges = [
        _bridge(shown, division, bridge, language)
        for bridge in division.bridges[:MOST]
        if answers[bridge.weakest, bridge.statement]
    ]
    divides = [
        _divide(shown, division, divide, language)
        for divide in division.divides[:MOST]
        if answers[[divide.most, divide.least], divide.statement].all()
    ]
    return bridges + divides


def _bridge(shown: OpinionMap, division: Division, bridge: Bridge, language: Language) -> str:
    """Tell what unites."""
    return say(
        language,
        f"bridge {division.kind}",
        text=shown.text(bridge.statement),
        answer=say(language, bridge.answer),
        name=division.names[bridge.weakest],
        share=percent(bridge.share, language),
        low=percent(bridge.low, language),
        high=percent(bridge.high, language),
    )


def _divide(shown: OpinionMap, division: Division, divide: Divide, language: Language) -> str:
    """Tell what divides."""
    return say(
        language,
        f"divide {division.kind}",
        text=shown.text(divide.statement),
        gap=round(100 * divide.gap),
        most=division.names[divide.most],
        least=division.names[divide.least],
        low=round(100 * divide.low),
        high=round(100 * divide.high),
    )
