# ruff: noqa: PLR0913, PLR0917  a kernel takes its arrays one by one
"""The loops over a project's supporters, compiled on first use, where each weighs 1 and gains 1.

Shapes: `money` and `error` (groups) are those of a count, `groups` (n) the supporters. Sums may be
added in any order, so a sum of n figures is wrong by at most n roundings.
"""

from math import inf

from hakapa.algorithms.budgeting.backing import EPS, Groups
from hakapa.algorithms.budgeting.election import FloatArray
from hakapa.algorithms.compiling import compiled_freely

POOR, UNSURE, KNOWN = 0, 1, 2


@compiled_freely
def find_rate(  # noqa: C901  a kernel can call no other
    money: FloatArray,
    groups: Groups,
    price: float,
    scale: float,
    slack: float,
    low: float,
    ceiling: float,
    purse: FloatArray,
) -> tuple[int, float, float, float]:
    """Do what `Backing.rate` does, and say POOR, UNSURE or KNOWN.

    Returns the verdict with low, high and ease; POOR with the most money they can have. `purse`
    (at least n) is scratch: who has nothing left is not met again.
    """
    votes, held, have = groups.size, 0, 0.0
    for at in range(votes):
        purse[held] = mine = money[groups[at]]
        held += mine > 0
        have += mine
    noise = votes * slack + (votes + 8) * EPS * max(have, price)
    if have + noise < price:
        return POOR, have + noise, 0.0, 0.0
    share, before, rich, bound = low * scale, -1, 0, 0.0
    while have - noise > price:
        rich, paid = 0, 0.0
        for at in range(held):
            rich += purse[at] > share
            paid += min(purse[at], share)
        if rich == 0:
            break
        share = max(share, share + (price - paid) / rich)
        bound = (share - noise / rich) / scale * (1 - 8 * EPS)
        if bound > ceiling or rich == before:
            break
        before = rich
    if rich == 0:
        return UNSURE, 0.0, 0.0, 0.0
    ease = (votes - rich) / rich / scale * (1 + 8 * EPS)
    if bound > ceiling:
        return KNOWN, bound, inf, ease
    above, still = share + 2 * noise / rich, 0
    for at in range(held):
        still += purse[at] > above
    if 2 * still < rich:
        return UNSURE, 0.0, 0.0, 0.0
    return KNOWN, bound, above / scale * (1 + 8 * EPS), ease


@compiled_freely
def tell_payers(
    money: FloatArray,
    error: FloatArray,
    groups: Groups,
    sure: float,
    most: float,
    newly: Groups,
) -> tuple[int, int, int, float, float]:
    """Tell who pays in full: those with more than `most`. Who has at most `sure` pays their last.

    Returns how many lie between, how many pay in full, how many pay their last (written to
    `newly`, at least n), and the sums of the last ones' money and error.
    """
    payers, drained, last, left, doubt = 0, 0, 0, 0.0, 0.0
    for at in range(groups.size):
        mine = money[groups[at]]
        payers += mine > most
        drained += mine <= sure
        newly[last] = groups[at]
        last += (mine <= sure) & (mine > 0)
    for at in range(last):
        left += money[newly[at]]
        doubt += error[newly[at]]
    return groups.size - payers - drained, payers, last, left, doubt


@compiled_freely
def take_money(
    money: FloatArray,
    error: FloatArray,
    groups: Groups,
    sure: float,
    share: float,
    coin: float,
    doubt: float,
) -> None:
    """Take the share from those with more than `sure`, and all from the others."""
    for at in range(groups.size):
        group = groups[at]
        mine = money[group]
        money[group] = max(mine - share, coin) if mine > sure else 0.0
        error[group] += doubt
