"""May-see is a query and may-do is a rule; over the demo world the two never disagree."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.challenges import actions as challenge_actions
from hakapa.challenges.models import Challenge
from hakapa.challenges.queries import visible_to as challenges_visible_to
from hakapa.commitments.models import Commitment
from hakapa.commitments.queries import visible_to as commitments_visible_to
from hakapa.labs import actions as lab_actions
from hakapa.labs.models import Lab
from hakapa.labs.queries import visible_to as labs_visible_to
from hakapa.proposals.models import Proposal
from hakapa.proposals.queries import visible_to as proposals_visible_to
from hakapa.search.queries import find

KINDS = {
    "challenges.view_challenge": (Challenge, challenges_visible_to),
    "labs.view_lab": (Lab, labs_visible_to),
    "proposals.view_proposal": (Proposal, proposals_visible_to),
    "commitments.view_commitment": (Commitment, commitments_visible_to),
}


@pytest.fixture
def world(db):
    """The demo world, and beside it a draft and a lab that is only planned."""
    call_command("demo", verbosity=0)
    writer = User.objects.get(email="uppsala@demo.hakapa.example")
    owner = writer.memberships.get().organisation
    words = {"title": "Zebrornas utkast", "today": "a", "wish": "b", "affected": "c"}
    draft = challenge_actions.start(by=writer, owner=owner, words=words)
    planned = lab_actions.plan(
        lab_actions.Plan(
            title="Zebrornas labb",
            template="blixtlabb-45",
            host=owner,
            starts_at=timezone.now() + timedelta(days=9),
            challenges=[draft],
        ),
        by=writer,
    )
    guest = User.objects.get(email="lund@demo.hakapa.example").memberships.get().organisation
    lab_actions.invite(planned, by=writer, organisation=guest)


def test_lists_and_rules_agree_for_everyone(world):
    everyone = [AnonymousUser(), *User.objects.all()]
    disagreements = []
    for right, (model, visible_to) in KINDS.items():
        things = list(model.objects.all())
        for user in everyone:
            listed = {thing.pk for thing in visible_to(user)}
            allowed = {thing.pk for thing in things if user.has_perm(right, thing)}
            disagreements += [(right, str(user), pk) for pk in listed ^ allowed]

    assert disagreements == []


def test_what_is_secret_is_seen_by_some_and_not_by_all(world):
    insider = User.objects.get(email="uppsala@demo.hakapa.example")
    guest = User.objects.get(email="lund@demo.hakapa.example")

    seen = {
        str(user): [
            challenges_visible_to(user).filter(title="Zebrornas utkast").count(),
            labs_visible_to(user).filter(title="Zebrornas labb").count(),
            len(find("zebrornas", user)) > 0,
        ]
        for user in (insider, guest, AnonymousUser())
    }

    assert list(seen.values()) == [[1, 1, True], [0, 1, True], [0, 0, False]]


# Every way out of the site that is not a page of the thing itself.
WAYS_OUT = (
    "/utmaningar/", "/utmaningar/lista.csv", "/utmaningar/atom.xml",
    "/utmaningar/liknande/?title=Zebrornas+utkast&today=Zebrornas+utkast",
    "/labb/", "/labb/lista.csv", "/forslag/lista.csv",
    "/ataganden/lista.csv", "/ataganden/atom.xml", "/ataganden/redovisning/",
    "/ataganden/redovisning.csv", "/ataganden/redovisning/kvartal.csv",
    "/badda-in/ataganden/", "/sok/?q=zebrornas", "/", "/organisationer/lista.csv",
    "/api/v1/challenges?limit=200", "/api/v1/labs?limit=200", "/api/v1/proposals?limit=200",
    "/api/v1/commitments?limit=200",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_way_out_tells_a_secret(world, client, way):
    answer = client.get(way)

    assert answer.status_code == 200
    assert "Zebrornas utkast" not in answer.text.replace("Zebrornas+utkast", "")
    assert "Zebrornas labb" not in answer.text
