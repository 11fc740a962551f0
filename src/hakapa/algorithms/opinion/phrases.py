"""The sentences in which a map explains itself, in Swedish and English."""

from typing import Literal

Language = Literal["sv", "en"]

SENTENCES: dict[Language, dict[str, str]] = {
    "sv": {
        "nobody": "Ingen har röstat än, så det finns ingen karta.",
        "room": "{people} deltagare har lagt {votes} röster på {statements} påståenden.",
        "mapped": "{mapped} av dem har röstat på minst {asked} och finns på kartan.",
        "filled": "Färre än {least} har röstat på minst {asked}; därför är de {mapped} som röstat "
        "mest med på kartan.",
        "axes": "Kartan visar {shown} av alla skillnader mellan deltagarna: {x} i sidled och {y} "
        "i höjdled. De som står nära varandra har röstat lika.",
        "one group": "Deltagarna bildar en enda grupp; det finns för lite att skilja dem åt.",
        "groups": "De bildar {k} grupper: {groups}.",
        "group": "{name} med {size} personer ({share})",
        "hidden": "{count} grupp eller grupper med färre än {floor} personer visas inte.",
        "choice": "{k} grupper passar bäst: måttet på hur väl var och en hör hemma i sin grupp "
        "(silhuetten, högst 1) är {values}.",
        "stepped back": "{best} grupper passar bäst (silhuetten är {values}), men då blir en grupp "
        "mindre än {floor} personer; därför {k}.",
        "value": "{value} för {k}",
        "waiting": "De senaste {times} beräkningarna talar för {asked} grupper; kartan byter "
        "först efter {patience} i rad.",
        "agrees": "Grupp {name} utmärks av att instämma i ”{text}”: {success} av {trials}.",
        "disagrees": "Grupp {name} utmärks av att inte instämma i ”{text}”: {success} av {trials} "
        "säger nej.",
        "all agree": "Hela rummet instämmer i ”{text}”: {success} av {trials} ({low}–{high} med "
        "{confidence} säkerhet).",
        "all disagree": "Hela rummet säger nej till ”{text}”: {success} av {trials} ({low}–{high} "
        "med {confidence} säkerhet).",
        "bridge groups": "”{text}” förenar grupperna: i alla svarar fler än hälften {answer}, "
        "minst {share} (i {name}, {low}–{high}).",
        "bridge sectors": "”{text}” förenar sektorerna: i alla svarar fler än hälften {answer}, "
        "minst {share} (i {name}, {low}–{high}).",
        "divide groups": "”{text}” skiljer grupperna mest: instämmandet är {gap} procentenheter "
        "högre i {most} än i {least} ({low}–{high}).",
        "divide sectors": "”{text}” skiljer sektorerna mest: instämmandet är {gap} procentenheter "
        "högre i {most} än i {least} ({low}–{high}).",
        "agree": "ja",
        "disagree": "nej",
        "least": "Minst vet vi om ”{text}”; visa det härnäst.",
        "title": "Åsiktskarta",
        "drawn": "{people} personer i {k} grupper",
        "statement": "Påstående",
        "everyone": "Alla",
        "yes, pass, no": "ja · pass · nej",
        "moderated": "bortmodererat",
        "too few": "för få",
        "how": "Hur räknades detta?",
    },
    "en": {
        "nobody": "Nobody has voted yet, so there is no map.",
        "room": "{people} participants have cast {votes} votes on {statements} statements.",
        "mapped": "{mapped} of them voted on at least {asked} and are on the map.",
        "filled": "Fewer than {least} voted on at least {asked}, so the {mapped} who voted most "
        "are on the map.",
        "axes": "The map shows {shown} of all differences between the participants: {x} sideways "
        "and {y} upwards. Those who stand near each other voted alike.",
        "one group": "The participants form a single group; too little sets them apart.",
        "groups": "They form {k} groups: {groups}.",
        "group": "{name} with {size} people ({share})",
        "hidden": "{count} group or groups of fewer than {floor} people are not shown.",
        "choice": "{k} groups fit best: the measure of how well everybody belongs to their group "
        "(the silhouette, at most 1) is {values}.",
        "stepped back": "{best} groups fit best (the silhouette is {values}), but then a group has "
        "fewer than {floor} people; hence {k}.",
        "value": "{value} for {k}",
        "waiting": "The last {times} computations speak for {asked} groups; the map follows only "
        "after {patience} in a row.",
        "agrees": "Group {name} stands out by agreeing with “{text}”: {success} of {trials}.",
        "disagrees": "Group {name} stands out by disagreeing with “{text}”: {success} of {trials} "
        "say no.",
        "all agree": "The whole room agrees with “{text}”: {success} of {trials} ({low}–{high} "
        "with {confidence} confidence).",
        "all disagree": "The whole room says no to “{text}”: {success} of {trials} ({low}–{high} "
        "with {confidence} confidence).",
        "bridge groups": "“{text}” unites the groups: in all of them more than half say "
        "{answer}, at least {share} (in {name}, {low}–{high}).",
        "bridge sectors": "“{text}” unites the sectors: in all of them more than half say "
        "{answer}, at least {share} (in {name}, {low}–{high}).",
        "divide groups": "“{text}” divides the groups most: agreement is {gap} percentage points "
        "higher in {most} than in {least} ({low}–{high}).",
        "divide sectors": "“{text}” divides the sectors most: agreement is {gap} percentage points "
        "higher in {most} than in {least} ({low}–{high}).",
        "agree": "yes",
        "disagree": "no",
        "least": "Least is known about “{text}”; show it next.",
        "title": "Opinion map",
        "drawn": "{people} people in {k} groups",
        "statement": "Statement",
        "everyone": "Everyone",
        "yes, pass, no": "yes · pass · no",
        "moderated": "moderated away",
        "too few": "too few",
        "how": "How was this computed?",
    },
}


def say(language: Language, key: str, **parts: object) -> str:
    """Fill in a sentence."""
    return SENTENCES[language][key].format(**parts)


def percent(value: float, language: Language) -> str:
    """Write a share as whole per cent."""
    return (
        f"{round(100 * value)}\N{NO-BREAK SPACE}%" if language == "sv" else f"{round(100 * value)}%"
    )


def whole(value: int, language: Language) -> str:
    """Write a count, thousands set apart."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}" if language == "sv" else ",")


def decimal(value: float, language: Language) -> str:
    """Write a number with two decimals."""
    return f"{value:.2f}".replace(".", "," if language == "sv" else ".")
