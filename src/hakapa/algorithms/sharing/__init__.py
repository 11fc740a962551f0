"""Cost sharing: keys, fairness checks, late joining and the smallest transfer."""

from hakapa.algorithms.sharing.airport import airport, airport_shares, airport_values
from hakapa.algorithms.sharing.allocations import Allocation, Figure
from hakapa.algorithms.sharing.amounts import CannotShareError, in_ore, largest_remainder
from hakapa.algorithms.sharing.core import CoreCheck, core_check
from hakapa.algorithms.sharing.games import CostGame, game_from_coalitions, game_from_function
from hakapa.algorithms.sharing.joining import (
    Newcomer,
    Standing,
    Terms,
    found,
    join,
    price_for,
    prices_ahead,
)
from hakapa.algorithms.sharing.keys import (
    Key,
    by_benefit,
    by_use,
    custom,
    equal,
    mixed,
    per_inhabitant,
    share,
    square_root,
)
from hakapa.algorithms.sharing.owen import owen
from hakapa.algorithms.sharing.sampling import SampledShapley, sampled_shapley
from hakapa.algorithms.sharing.separable import (
    LimitCheck,
    equal_saving,
    proportional_saving,
    scrb,
    separable_cost_test,
    stand_alone_test,
)
from hakapa.algorithms.sharing.shapley import shapley, shapley_exact, shapley_values
from hakapa.algorithms.sharing.tariffs import (
    SAMBRUK,
    Tier,
    by_tiers,
    part_of_year,
    tier_of,
    two_part_fee,
)
from hakapa.algorithms.sharing.transfer import SmallestTransfer, Stake, smallest_transfer

__all__ = [
    "SAMBRUK",
    "Allocation",
    "CannotShareError",
    "CoreCheck",
    "CostGame",
    "Figure",
    "Key",
    "LimitCheck",
    "Newcomer",
    "SampledShapley",
    "SmallestTransfer",
    "Stake",
    "Standing",
    "Terms",
    "Tier",
    "airport",
    "airport_shares",
    "airport_values",
    "by_benefit",
    "by_tiers",
    "by_use",
    "core_check",
    "custom",
    "equal",
    "equal_saving",
    "found",
    "game_from_coalitions",
    "game_from_function",
    "in_ore",
    "join",
    "largest_remainder",
    "mixed",
    "owen",
    "part_of_year",
    "per_inhabitant",
    "price_for",
    "prices_ahead",
    "proportional_saving",
    "sampled_shapley",
    "scrb",
    "separable_cost_test",
    "shapley",
    "shapley_exact",
    "shapley_values",
    "share",
    "smallest_transfer",
    "square_root",
    "stand_alone_test",
    "tier_of",
    "two_part_fee",
]
