from datetime import date
from decimal import Decimal

import pytest

from hakapa.challenges.models import EffectGoal, Measurement
from hakapa.challenges.tests.factories import EffectGoalFactory
from hakapa.kernel.tests.pages import address, main_of

pytestmark = pytest.mark.django_db
NEW = address("challenges:new")
LONG = "Det här skrev jag länge på och vill inte förlora."


@pytest.fixture
def writer(client, member):
    client.force_login(member)
    return member


def goal_told(**changes):
    return {
        "measure": "Fall", "unit": "st", "baseline": "212", "baseline_on": "2025-04-30",
        "target": "140.5", "target_on": "2027-04-30",
    } | changes  # fmt: skip


def test_a_goal_is_set_and_changed(client, writer, challenge):
    url = address("challenges:goal", challenge.pk)
    assert client.get(url).context["form"]["measure"].value() in (None, "")

    assert client.post(url, goal_told())["Location"] == address("challenges:detail", challenge.pk)
    kept = EffectGoal.objects.get()
    assert (kept.measure, kept.baseline, kept.target) == ("Fall", 212, Decimal("140.5"))
    assert client.get(url).context["form"]["measure"].value() == "Fall"
    client.post(url, goal_told(measure="Brutna ben"))
    assert EffectGoal.objects.get().measure == "Brutna ben"


def test_values_are_written_with_a_comma_in_swedish(client, writer, challenge):
    url = address("challenges:goal", challenge.pk, language="sv")
    client.post(url, goal_told(target="140,5"))

    assert EffectGoal.objects.get().target == Decimal("140.5")


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"target": "212"}, "target", "The target must differ from today's value."),
        ({"target_on": "2025-04-30"}, "target_on", "Choose a day after the day of today's value."),
        ({"baseline": "många"}, "baseline", "Enter a number."),
        ({"baseline_on": "i våras"}, "baseline_on", "Enter a valid date."),
    ],
)
def test_a_faulty_goal_is_said_beside_its_field(client, writer, challenge, wrong, field, why):
    page = client.post(address("challenges:goal", challenge.pk), goal_told() | wrong)

    assert list(page.context["form"].errors) == [field]
    assert why in main_of(page)
    assert page.context["form"]["unit"].value() == "st"
    assert not EffectGoal.objects.exists()


def test_a_value_is_written_down(client, writer, challenge):
    goal = EffectGoalFactory.create(challenge=challenge)
    url = address("challenges:measure", challenge.pk)
    assert goal.measure in main_of(client.get(url))
    answer = client.post(url, {"value": "3.5", "measured_on": "2026-03-01", "note": "räknat"})

    assert answer["Location"] == address("challenges:detail", challenge.pk)
    kept = Measurement.objects.values_list("goal", "value", "measured_on", "note")
    assert list(kept) == [(goal.pk, Decimal("3.50"), date(2026, 3, 1), "räknat")]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-01-01", "Choose a day after the first value's."),
        ("2026-02-01", "There is already a value for that day."),
        ("", "This field is required."),
    ],
)
def test_a_faulty_value_is_said_beside_its_field(client, writer, challenge, day, why):
    goal = EffectGoalFactory.create(challenge=challenge)
    Measurement.objects.create(goal=goal, value=3, measured_on=date(2026, 2, 1))
    page = client.post(
        address("challenges:measure", challenge.pk),
        {"value": "4", "measured_on": day, "note": LONG},
    )

    assert page.context["form"].errors == {"measured_on": [why]}
    assert why in main_of(page)
    assert LONG in page.content.decode()
    assert Measurement.objects.count() == 1


def test_without_a_goal_there_is_no_page_for_values(client, writer, challenge):
    assert client.get(address("challenges:measure", challenge.pk)).status_code == 404
