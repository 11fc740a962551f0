import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hakapa.algorithms.opinion.comparing import adjusted_rand
from hakapa.algorithms.opinion.grouping import Groupings, cells, group, silhouettes_of, widest
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.polis_grouping import group_as_polis

METHOD = Method()


def blobs(sizes, apart=8.0, seed=2):
    """Round groups of people in a ring."""
    draw = np.random.default_rng(seed)
    turns = np.linspace(0, 2 * np.pi, len(sizes), endpoint=False)
    middles = apart * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    points = [
        draw.normal(middle, 1.0, (size, 2)) for middle, size in zip(middles, sizes, strict=False)
    ]
    return np.concatenate(points), np.repeat(np.arange(len(sizes)), sizes)


def same(one, other):
    """Whether two groupings are the same up to names."""
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    return len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


@pytest.mark.parametrize("sizes", [(40, 30), (50, 20, 30), (500, 400, 300, 200)])
def test_clear_groups_are_found(sizes):
    points, wanted = blobs(sizes)
    found = group(points, METHOD)
    k = found.best(METHOD)
    assert k == len(sizes)
    assert same(found.labels[k], wanted)


def test_polis_finds_clear_groups_when_its_first_people_stand_apart():
    points, wanted = blobs((400, 300, 200))
    order = np.random.default_rng(4).permutation(points.shape[0])
    found = group_as_polis(points[order], METHOD)
    assert found.best(METHOD) == 3
    assert same(found.labels[3], wanted[order])


@given(some.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_the_order_of_people_never_matters(seed):
    points, _ = blobs((30, 25, 20), apart=3.0)
    order = np.random.default_rng(seed).permutation(points.shape[0])
    one, other = group(points, METHOD), group(points[order], METHOD)
    k = one.best(METHOD)
    assert other.best(METHOD) == k
    assert same(one.labels[k][order], other.labels[k])


@pytest.mark.parametrize("how", [group, group_as_polis])
def test_nobody_has_no_groups(how):
    found = how(np.zeros((0, 2)), METHOD)
    assert found.best(METHOD) == 0


@pytest.mark.parametrize("how", [group, group_as_polis])
@pytest.mark.parametrize("people", [1, 7])
def test_people_at_one_place_are_one_group(how, people):
    found = how(np.ones((people, 2)), METHOD)
    assert found.best(METHOD) == 1
    assert found.labels[1].tolist() == [0] * people


def test_the_number_of_groups_grows_with_the_number_of_places():
    assert [widest(places, METHOD) for places in (1, 2, 12, 24, 36, 500)] == [1, 2, 3, 4, 5, 5]


def test_silhouettes_are_those_of_the_definition():
    points, labels = blobs((9, 7, 4), apart=2.0)
    labels = labels.astype(np.int8)
    far = np.linalg.norm(points[:, None] - points[None], axis=2)
    wanted = []
    for at, own in enumerate(labels):
        inside = far[at, labels == own].sum() / ((labels == own).sum() - 1)
        outside = min(far[at, labels == one].mean() for one in set(labels.tolist()) - {own})
        wanted.append((outside - inside) / max(inside, outside))
    found = silhouettes_of(points, np.ones(20), {3: labels})
    assert found[3] == pytest.approx(np.mean(wanted))


def test_cells_hold_everybody_once_in_equal_numbers():
    points, _ = blobs((900, 450, 3))
    middles, counts = cells(points, 100)
    assert middles.shape == (100, 2)
    assert counts.sum() == 1353
    assert counts.max() - counts.min() <= 2
    np.testing.assert_allclose(
        (middles * counts[:, None]).sum(axis=0), points.sum(axis=0), atol=1e-9
    )


def test_few_people_are_their_own_cells():
    points, _ = blobs((9, 5))
    middles, counts = cells(points, 100)
    assert sorted(middles.tolist()) == sorted(points.tolist())
    assert (counts == 1).all()


def test_a_number_that_needs_too_small_a_group_stands_back():
    labels = {2: np.repeat([0, 1], [10, 8]), 3: np.repeat([0, 1, 2], [10, 5, 3])}
    found = Groupings({k: one.astype(np.int8) for k, one in labels.items()}, {2: 0.4, 3: 0.6})
    assert found.best(METHOD) == 2
    assert found.best(Method(mode="polis")) == 3
    assert found.best(Method(floor=11)) == 3  # none could be shown, so none stands back


def test_of_equal_silhouettes_the_larger_number_wins():
    labels = {2: np.repeat([0, 1], 9), 3: np.repeat([0, 1, 2], 6)}
    found = Groupings({k: one.astype(np.int8) for k, one in labels.items()}, {2: 0.5, 3: 0.5})
    assert found.best(METHOD) == 3


def test_polis_drops_a_number_of_groups_whose_centres_do_not_all_survive():
    x = [-2.6, 2.8, -4.1, 0.1, -1.0, 0.7, 7.1, 0.8, -0.5, -0.3, 3.5, 0.2]
    y = [0.2, 2.5, 0.8, -4.1, -4.2, -0.1, -0.2, -0.8, -0.8, 0.3, -1.0, -0.6]
    found = group_as_polis(np.stack([x, y], axis=1), Method(people_per_group=1))
    assert sorted(found.labels) == [2, 3, 4]


def test_likeness_of_groupings_is_that_of_hubert_and_arabie():
    # two rows of the contingency table (3, 1) and (1, 3): index 10/28 pairs agree beyond chance
    one = dict(enumerate([0, 0, 0, 0, 1, 1, 1, 1]))
    other = dict(enumerate([0, 0, 0, 1, 0, 1, 1, 1]))
    chance = 12 * 12 / 28
    assert adjusted_rand(one, other) == pytest.approx((6 - chance) / (12 - chance))
    assert adjusted_rand(one, {who: 1 - label for who, label in one.items()}) == 1
    assert adjusted_rand({}, {}) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "fast"},
        {"restarts": 0},
        {"max_groups": 0},
        {"floor": -1},
        {"confidence": 1.0},
    ],
)
def test_constants_that_mean_nothing_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Method(**wrong)
