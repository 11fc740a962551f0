from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine

from hakapa.commitments import actions
from hakapa.commitments.actions import Report
from hakapa.commitments.models import Outcome
from hakapa.commitments.tests.conftest import DUE, LAB_DAY


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-07T10:00:00Z", tick=False):
        yield


@pytest.fixture
def promise(commitment, officer):
    return actions.take(commitment, by=officer, next_step="Ring grannen", due=DUE, at=LAB_DAY)


def test_the_feed_tells_each_change_once_and_newest_first(client, promise, officer):
    told = Report(Outcome.GOING_ON, "Den drar ut", DUE + timedelta(60))
    actions.report(promise, told, by=officer)

    response = client.get("/en/ataganden/atom.xml")

    atom = {"a": "http://www.w3.org/2005/Atom"}
    entries = ET.fromstring(response.content).findall("a:entry", atom)  # noqa: S314
    summaries = [entry.findtext("a:summary", "", atom) for entry in entries]
    assert "moved the date" in summaries[0]
    assert summaries[0].endswith("Den drar ut")
    assert "took on the proposal: “Ring grannen”, by" in summaries[1]
    assert len({entry.findtext("a:id", "", atom) for entry in entries}) == 2
