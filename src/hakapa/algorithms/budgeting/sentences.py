"""What happened, in plain sentences built from the figures: for everyone, a voter, a project."""

from fractions import Fraction

from hakapa.algorithms.budgeting.explaining import ProjectStory, VoterAccount
from hakapa.algorithms.budgeting.result import FundingResult
from hakapa.algorithms.budgeting.wording import (
    RULES,
    TIES,
    UTILITIES,
    counted,
    listed,
    money,
    number,
    percent,
)

SHOWN = 3  # how many other projects an explanation names


def result_sentences(result: FundingResult, language: str) -> list[str]:
    """Explain a whole result; `language` is sv or en."""
    swedish, terms, currency = language == "sv", result.terms, result.election.currency
    cost = money(result.cost, language, currency)
    budget = money(result.election.budget, language, currency)
    part = percent(result.effectiveness, language)
    won, all_of = len(result.chosen), len(result.election.projects)
    voters = counted(len(result.election.voter_ids), "voter", language)
    rule, utility = RULES[language][terms.rule], UTILITIES[language][terms.utility]
    excluded, weighed = percent(result.exclusion_ratio, language), result.election.weights
    if swedish:
        lines = [
            f"{won} av {all_of} projekt får pengar. De kostar {cost} av {budget} ({part}).",
            f"{voters} röstade. Regeln var {rule}; {utility}.",
        ]
        who = "väljarna (efter vikt)" if weighed else "väljarna"
        last = f"{excluded} av {who} röstade inte på något projekt som fick pengar."
    else:
        lines = [
            f"{won} of {all_of} projects are funded. They cost {cost} of {budget} ({part}).",
            f"{voters} took part. The rule was {rule}; {utility}.",
        ]
        who = "the voters (by weight)" if weighed else "the voters"
        last = f"{excluded} of {who} chose no project that is funded."
    return [
        *lines,
        *_shares(result, language),
        *_completed(result, language),
        *_ties(result, language),
        last,
    ]


def _shares(result: FundingResult, language: str) -> list[str]:
    if result.count is None:
        return []
    endowment = money(result.endowment, language, result.election.currency)
    times = {"sv": " (gånger sin vikt)", "en": " (times the voter's weight)"}[language]
    weighed = times if result.election.weights else ""
    if language == "sv":
        return [f"Varje väljare hade {endowment} att bidra med{weighed}."]
    return [f"Every voter had {endowment} to contribute{weighed}."]


def _completed(result: FundingResult, language: str) -> list[str]:
    swedish, currency, lines = language == "sv", result.election.currency, []
    if result.raises:
        step = money(result.terms.step, language, currency)
        times = counted(result.raises, "time", language)
        lines.append(
            f"Beloppet per väljare höjdes {times} med {step} för att pengarna skulle räcka "
            "längre; budgeten som helhet höjdes inte."
            if swedish
            else f"The amount per voter was raised {times} by {step} to let the money go "
            "further; the budget as a whole was not raised."
        )
    if result.ended == "overspent":
        projects = result.election.projects
        total = sum((projects[c].cost for c in result.next_funded), Fraction(0))
        text = money(total - result.election.budget, language, currency)
        lines.append(
            f"En höjning till hade kostat {text} mer än budgeten."
            if swedish
            else f"One more raise would have cost {text} more than the budget."
        )
    if result.added:
        names = listed([result.election.projects[c].id for c in result.added], language)
        lines.append(
            f"Med det som blev över lades till, mest nytta per krona först: {names}."
            if swedish
            else f"With what was left were added, most utility per cost first: {names}."
        )
    return lines


def _ties(result: FundingResult, language: str) -> list[str]:
    how = TIES[language][result.terms.ties]
    lines = []
    for tie in result.ties:
        names = listed([result.election.projects[c].id for c in tie], language)
        lines.append(
            f"{names} låg exakt lika; det avgjordes av {how}."
            if language == "sv"
            else f"{names} were exactly tied; this was settled by {how}."
        )
    return lines


def project_sentences(result: FundingResult, story: ProjectStory, language: str) -> list[str]:
    """Explain why one project won or lost."""
    currency = result.election.currency
    cost = money(story.cost, language, currency)
    votes, title = (
        counted(story.votes, "vote", language, 2),
        f"{story.project} {story.name}".strip(),
    )
    if story.how == "lost":
        head = (
            f"{title} kostar {cost}, hade {votes} och får inga pengar."
            if language == "sv"
            else f"{title} costs {cost}, had {votes} and is not funded."
        )
        return [head, *_lost(story, language, currency)]
    head = (
        f"{title} kostar {cost}, hade {votes} och får pengar som nummer {story.place}."
        if language == "sv"
        else f"{title} costs {cost}, had {votes} and is funded as number {story.place}."
    )
    return [head, *_won(story, language, currency)]


def _won(story: ProjectStory, language: str, currency: str) -> list[str]:
    paid = money(story.highest_payment, language, currency)
    effective = counted(story.effective_votes, "vote", language, 1)
    sentences = {
        ("count", "sv"): f"De som röstade på det betalade högst {paid} var; de som hade mindre "
        f"kvar betalade allt. Det motsvarar {effective} med full betalning.",
        ("count", "en"): f"Those who chose it paid at most {paid} each; those with less left paid "
        f"all they had. That equals {effective} paying in full.",
        ("free", "sv"): "Det kostar inget och någon vill ha det.",
        ("free", "en"): "It costs nothing and somebody wants it.",
        ("added", "sv"): "Det lades till efteråt, för att det rymdes i det som blev över.",
        ("added", "en"): "It was added afterwards, because it fitted what was left over.",
        ("greedy", "sv"): "Det rymdes i budgeten när dess tur kom.",
        ("greedy", "en"): "It fitted the budget when its turn came.",
    }
    return [sentences[story.how, language]]


def _lost(story: ProjectStory, language: str, currency: str) -> list[str]:
    swedish = language == "sv"
    over = money(story.budget_left, language, currency)
    if story.reason == "unsupported":
        return ["Ingen röstade på det." if swedish else "Nobody chose it."]
    if story.reason == "budget":
        return [
            f"Det rymdes inte när dess tur kom; till slut var {over} kvar av budgeten."
            if swedish
            else f"It did not fit when its turn came; in the end {over} of the budget was left."
        ]
    left = money(story.money_left, language, currency)
    missing = money(story.missing, language, currency)
    broke, of = (number(n, language) for n in (story.supporters_without_money, story.supporters))
    lines = [
        f"De som röstade på det hade {left} kvar tillsammans; {missing} saknades. "
        f"{broke} av {of} hade inga pengar kvar."
        if swedish
        else f"Those who chose it had {left} left together; {missing} was missing. "
        f"{broke} of {of} had no money left."
    ]
    if story.reason == "raise":
        lines.append(
            "Vid nästa höjning hade det valts, men då hade allt kostat mer än budgeten."
            if swedish
            else "The next raise would have funded it, but all would cost more than the budget."
        )
    return lines + _instead(story, language, currency)


def _instead(story: ProjectStory, language: str, currency: str) -> list[str]:
    """Say what supporters of a losing project paid for most."""
    names = listed(
        [
            f"{spent.project} ({money(Fraction(spent.amount), language, currency)})"
            for spent in story.instead[:SHOWN]
        ],
        language,
    )
    if not names:
        return []
    if language == "sv":
        return [f"Mest av sina pengar lade de på {names}."]
    return [f"Most of their money went to {names}."]


def voter_sentences(result: FundingResult, account: VoterAccount, language: str) -> list[str]:
    """Explain one voter's money."""
    currency = result.election.currency
    had, left = (money(m, language, currency) for m in (account.endowment, account.left))
    paid = listed(
        [f"{p} ({money(amount, language, currency)})" for p, amount in account.paid if amount],
        language,
    )
    count = account.winners_supported
    if language == "sv":
        spent = f"Det betalade för {paid}; {left} blev kvar." if paid else "Inget av det användes."
        return [
            f"Väljare {account.voter} hade {had}.",
            spent,
            f"{count} av projekten som får pengar hade väljarens röst.",
        ]
    spent = f"It paid for {paid}; {left} was left." if paid else "None of it was used."
    return [
        f"Voter {account.voter} had {had}.",
        spent,
        f"{count} of the funded projects had this voter's vote.",
    ]
