"""The demo world in English: the same world, in other words."""

import pytest

from hakapa.accounts.models import Membership
from hakapa.challenges.models import Challenge
from hakapa.commitments.models import Commitment
from hakapa.demo.people import SIGN_INS
from hakapa.labs.models import Contribution, Lab
from hakapa.proposals.models import Proposal

pytestmark = [pytest.mark.usefixtures("english_world"), pytest.mark.django_db]


def test_every_title_is_in_english(told):
    for model, kind in ((Challenge, "challenges"), (Lab, "labs"), (Proposal, "proposals")):
        titles = {row["title"]["en"] for row in told[kind]}
        assert {thing.title for thing in model.objects.all()} == titles


def test_every_text_is_marked_as_english():
    for model in (Challenge, Lab, Proposal, Contribution):
        assert {thing.language for thing in model.objects.all()} == {"en"}


def test_what_is_promised_is_in_english(told):
    steps = {row["next"]["en"] for row in told["commitments"] if row["answer"] != "decline"}

    assert {c.next_step for c in Commitment.objects.exclude(next_step="")} == steps


def test_the_sign_ins_have_english_titles():
    titles = Membership.objects.exclude(title="").values_list("title", flat=True)

    assert set(titles) == {sign_in.title[1] for sign_in in SIGN_INS}
