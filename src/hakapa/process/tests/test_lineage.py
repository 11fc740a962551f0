import pytest

from hakapa.charts.lineage import Step
from hakapa.process import lineage


@pytest.fixture(autouse=True)
def _nobody_tells(monkeypatch):
    monkeypatch.setattr(lineage, "_later", [])


def test_later_features_tell_their_steps_in_the_order_of_the_journey():
    lineage.grows(order=20)(lambda proposal, user: [Step("pilot", f"{proposal} {user}", 6)])
    lineage.grows(order=10)(lambda _proposal, _user: [Step("answer", "ja", 4)])

    steps = lineage.grown_from("förslag", "läsare")

    assert [(step.key, step.words) for step in steps] == [
        ("answer", "ja"), ("pilot", "förslag läsare"),
    ]  # fmt: skip


def test_nothing_grows_where_nobody_tells():
    assert lineage.grown_from("förslag", "läsare") == []
