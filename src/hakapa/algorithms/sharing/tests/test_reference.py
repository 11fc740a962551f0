"""Published and recomputed results; the sources are in docs/explanation/cost-sharing.md."""

from fractions import Fraction

import coopgame
import numpy as np
import pytest

from hakapa.algorithms.sharing.airport import airport
from hakapa.algorithms.sharing.amounts import in_ore
from hakapa.algorithms.sharing.core import core_check
from hakapa.algorithms.sharing.games import coalition_sums, game_from_coalitions
from hakapa.algorithms.sharing.joining import Newcomer, Terms, found, join
from hakapa.algorithms.sharing.keys import custom, equal, mixed, per_inhabitant, share, square_root
from hakapa.algorithms.sharing.nucleolus import nucleolus, nucleolus_of, rates_of
from hakapa.algorithms.sharing.separable import (
    equal_saving,
    proportional_saving,
    scrb,
    separable_cost_test,
    stand_alone_test,
)
from hakapa.algorithms.sharing.shapley import shapley
from hakapa.algorithms.sharing.tariffs import SAMBRUK, by_tiers, tier_of
from hakapa.algorithms.sharing.tests.worlds import SKANE
from hakapa.algorithms.sharing.transfer import Stake, smallest_transfer

POPULATION = {
    "Stockholm": 975551, "Göteborg": 583056, "Malmö": 347949, "Uppsala": 233839,
    "Linköping": 164616, "Örebro": 156381, "Västerås": 155551, "Helsingborg": 149280,
    "Umeå": 130224, "Lund": 125941, "Eskilstuna": 106975, "Halmstad": 103754,
    "Sundsvall": 99383, "Skellefteå": 72840, "Kalmar": 70329, "Karlskrona": 66515,
    "Hudiksvall": 37607, "Katrineholm": 34765,
}  # fmt: skip
FOUR = ("Stockholm", "Örebro", "Sundsvall", "Katrineholm")
WATER = game_from_coalitions(
    {frozenset(names): in_ore(cost, "MSEK") for names, cost in SKANE.items()}
)
TOLERANCE = in_ore(0.02, "MSEK")


def kronor(shares):
    return {party: ore / 100 for party, ore in shares.items()}


def published(*amounts):
    return pytest.approx(
        {party: in_ore(a, "MSEK") for party, a in zip("AHKLMT", amounts, strict=True)},
        abs=TOLERANCE,
    )


@pytest.mark.parametrize(
    ("key", "amounts"),
    [
        (equal(POPULATION), (100_000, 100_000, 100_000, 100_000)),
        (per_inhabitant(POPULATION), (485_811, 77_876, 49_491, 17_312)),
        (mixed(0.2, POPULATION), (408_649, 82_300, 59_593, 33_850)),
        (by_tiers(POPULATION), (124_675, 124_675, 77_922, 54_545)),
        (square_root(POPULATION), (244_877, 98_043, 78_159, 46_227)),
    ],
)
def test_eighteen_municipalities_share_a_service(key, amounts):
    shares = share(180_000_000, key).shares

    assert sum(shares.values()) == 180_000_000
    assert [shares[party] / 100 for party in FOUR] == pytest.approx(amounts, abs=0.5)


def test_eighteen_municipalities_join_by_tiers():
    tiers = [tier_of(people, SAMBRUK) for people in POPULATION.values()]

    assert sum(tier.entry for tier in tiers) == 33_500_000
    assert sum(tier.year for tier in tiers) == 115_500_000


def test_eight_norwegian_municipalities_share_thirty_to_seventy():
    people = {
        "Ålesund": 47199, "Ørskog": 2296, "Norddal": 1663, "Skodje": 4667,
        "Sula": 9007, "Giske": 8176, "Haram": 9312, "Sandøy": 1246,
    }  # fmt: skip
    parts = mixed(0.3, people).parts()

    assert [float(100 * part) for part in parts.values()] == pytest.approx(
        [43.287, 5.673, 5.143, 7.659, 11.295, 10.599, 11.550, 4.794], abs=0.0006
    )


def test_two_municipalities_hop_on_and_the_founders_are_refunded():
    founders = {party: POPULATION[party] for party in ("Sundsvall", "Umeå", "Skellefteå")}
    founded = found(Terms(120_000_000, 60), founders)

    course = founded
    for party, month in (("Hudiksvall", 18), ("Örebro", 24)):
        weight = Fraction(POPULATION[party])
        course = join(course, Newcomer(party, weight, month, onboarding=2_500_000))

    first, second = course.joinings
    assert list(kronor(founded.net_paid).values()) == pytest.approx(
        [394_316, 516_682, 289_003], abs=0.5
    )
    assert (first.price / 100, second.price / 100) == pytest.approx((117_897, 251_806), abs=0.5)
    assert list(kronor(first.refunds).values()) == pytest.approx([30_526, 39_998, 22_373], abs=0.5)
    assert list(kronor(second.refunds).values()) == pytest.approx(
        [66_285, 86_855, 48_582, 25_083], abs=0.5
    )
    assert list(kronor(course.net_paid).values()) == pytest.approx(
        [297_505, 389_828, 218_048, 92_814, 251_806], abs=0.5
    )
    assert sum(course.net_paid.values()) == 125_000_000


def test_three_levels_of_ambition_share_by_steps():
    needs = {"Katrineholm": 10_000_000, "Kalmar": 22_000_000, "Örebro": 40_000_000}

    assert kronor(airport(needs).shares) == pytest.approx(
        {"Katrineholm": 33_333, "Kalmar": 93_333, "Örebro": 273_333}, abs=0.5
    )


def test_the_rest_of_bull_shoals_is_what_arithmetic_says():
    separable = {"flood": 1_559_970_000, "power": 3_595_130_000}
    alone = {"flood": 4_000_000_000, "power": 6_000_000_000}

    answer = scrb(7_586_000_000, separable, alone)

    assert dict(answer.figures[0].inputs)["rest"] == 2_430_900_000
    assert sum(answer.shares.values()) == 7_586_000_000
    assert all(answer.shares[purpose] > own for purpose, own in separable.items())


def test_three_parties_save_equally_or_in_proportion():
    alone = {"A": 1000, "B": 4000, "C": 8000}

    assert kronor(share(10_500, equal(alone)).shares) == {"A": 35, "B": 35, "C": 35}
    assert kronor(equal_saving(10_500, alone).shares) == pytest.approx(
        {"A": 2, "B": 32, "C": 72}, abs=0.5
    )
    assert kronor(proportional_saving(10_500, alone).shares) == pytest.approx(
        {"A": 8, "B": 32, "C": 65}, abs=0.5
    )


def test_skane_has_sixty_three_coalitions_with_the_published_limits():
    assert len(SKANE) == 63
    assert WATER.alone() == published(21.95, 17.08, 10.91, 15.88, 20.81, 21.98)
    assert WATER.separable() == published(17.36, 9.85, 0.82, 6.40, 12.90, 14.06)


def test_skane_is_shared_by_scrb_and_shapley_as_published():
    by_scrb = scrb(WATER.total, WATER.separable(), WATER.alone())

    assert by_scrb.shares == published(19.54, 13.28, 5.62, 10.90, 16.66, 17.82)
    assert shapley(WATER).shares == published(20.01, 10.71, 6.61, 10.37, 16.94, 19.18)


STEPS = [
    ("coalition", (20.35, 12.06, 5.00, 8.61, 18.60, 19.21)),
    ("member", (20.03, 12.52, 3.94, 9.07, 20.11, 18.15)),
    ("cost", (19.81, 12.57, 4.35, 9.25, 19.85, 17.99)),
]


@pytest.mark.parametrize(("per", "amounts"), STEPS)
def test_skane_has_the_published_nucleolus_and_least_cores_but_for_how_m_and_t_divide(per, amounts):
    """Given these 63 costs, the published points divide M + T another way: see the next tests."""
    expected = dict(zip("AHKLMT", (in_ore(a, "MSEK") for a in amounts), strict=True))

    shares = nucleolus(WATER, per).shares

    assert {p: shares[p] for p in "AHKL"} == pytest.approx(
        {p: expected[p] for p in "AHKL"}, abs=TOLERANCE
    )
    together = expected["M"] + expected["T"]
    assert shares["M"] + shares["T"] == pytest.approx(together, abs=TOLERANCE)


@pytest.mark.parametrize(("per", "amounts"), STEPS)
def test_the_published_points_of_skane_grant_the_same_least_saving(per, amounts):
    def savings(payments):
        rates = WATER.costs if per == "cost" else rates_of(WATER.costs, per)
        return np.sort(((WATER.costs - coalition_sums(payments)) / rates.clip(1))[1:-1])

    theirs = savings(np.array(amounts) * 1e8)
    ours = savings(nucleolus_of(WATER.costs, per).payments)

    step = 0.001 if per == "cost" else TOLERANCE
    assert theirs[0] == pytest.approx(ours[0], abs=step)
    later = np.flatnonzero(abs(ours - theirs) > step)
    assert ours[later[0]] > theirs[later[0]]  # so the published point is not the last word


def test_coopgame_divides_skane_as_we_do():
    theirs = coopgame.Game(-WATER.costs[1:] / 1e8)

    for per, solve in (
        ("coalition", coopgame.nucleolus),
        ("member", coopgame.per_capita_nucleolus),
    ):
        ours = [ore / 1e8 for ore in nucleolus(WATER, per).shares.values()]
        assert ours == pytest.approx([-a for a in solve(theirs)["allocation"]], abs=1e-6)


def test_skane_by_population_overcharges_two_and_by_demand_one():
    people = dict(zip("AHKLMT", (10.13, 21.00, 3.19, 8.22, 34.22, 7.07), strict=True))
    demand = dict(zip("AHKLMT", (13.33, 16.32, 7.43, 7.00, 29.04, 10.69), strict=True))

    by_people = share(WATER.total, custom(people)).shares
    by_demand = share(WATER.total, custom(demand)).shares

    assert stand_alone_test(by_people, WATER.alone()).broken_by == ("H", "M")
    assert stand_alone_test(by_demand, WATER.alone()).broken_by == ("M",)
    assert not core_check(WATER, by_people).passed
    assert "A" in separable_cost_test(by_people, WATER.separable()).broken_by


def test_in_skane_the_nucleolus_is_in_the_core_and_shapley_and_scrb_are_not():
    assert core_check(WATER, nucleolus(WATER).shares).passed
    assert [o.coalition for o in core_check(WATER, shapley(WATER).shares).objections] == [
        ("H", "K", "L")
    ]
    assert not core_check(WATER, scrb(WATER.total, WATER.separable(), WATER.alone()).shares).passed


def test_icy_paths_need_a_transfer_of_650_thousand():
    rows = [
        Stake("Streets", 90_000_000, 25_000_000, "measured"),
        Stake("Elderly care", 5_000_000, 52_000_000),
        Stake("Region", 0, 60_000_000, "guess"),
        Stake("Contact centre", 6_000_000, 9_000_000),
    ]

    answer = smallest_transfer(rows)

    thousands = {actor: round(ore / 100_000) for actor, ore in answer.transfers.items()}
    assert list(thousands.values()) == [650, -278, -355, -18]
    assert [round(ore / 100_000) for ore in answer.by_benefit.values()] == [173, 360, 415, 62]
    assert (answer.losers, answer.net, answer.amount) == (("Streets",), 45_000_000, 65_000_000)
    assert round(float(answer.outside_payer), 3) == 0.829
