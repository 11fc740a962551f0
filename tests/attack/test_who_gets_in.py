"""Every page of the journey's first half, asked for by everybody, in one checked table.

A page that is missing here fails: somebody has to say who may come in before it is built.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from hakapa.accounts.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    administrator_of,
    member_of,
    officer_of,
)
from hakapa.challenges.lifecycle import State
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.commitments.lifecycle import State as Answered
from hakapa.commitments.models import FollowUp, Outcome, Picture, Verification
from hakapa.commitments.tests.factories import CommitmentFactory
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.tests.factories import LabFactory
from hakapa.proposals.tests.factories import ProposalFactory

PLACES = ("web", "accounts", "challenges", "proposals", "commitments", "search")
# What a page's number stands for, where it is not the members' organisation.
PROMISES = ["question", "promise"]
NAMED = {
    "proposals": ["proposal"],
    "challenges": ["open", "draft"],
    "commitments": PROMISES,
    "commitments:add_picture": ["report"],
    "commitments:picture": ["picture"],
    "commitments:remove_picture": ["picture"],
    "commitments:record": ["home"],
    "commitments:statement": ["home"],
    "commitments:statement_pdf": ["home"],
}
# Answers to, in order: nobody, somebody without an organisation, a member elsewhere, a member,
# an officer, an administrator, the steward of the site. First to GET, then to an empty POST.
READ = "200 200 200 200 200 200 200 | 405 405 405 405 405 405 405"
NO_GET = "405 405 405 405 405 405 405 | "
TABLE = {
    READ: (
        "web:start home", "web:about home", "web:accessibility home", "web:privacy home",
        "web:open_data home", "accounts:index home", "accounts:list home",
        "accounts:organisation home", "challenges:index home", "challenges:similar home",
        "challenges:list home", "challenges:feed home", "challenges:detail open",
        "challenges:wordings open", "proposals:index home", "proposals:list home",
        "proposals:detail proposal", "proposals:lineage proposal", "proposals:wordings proposal",
        "commitments:index home", "commitments:list home", "commitments:feed home",
        "commitments:records home", "commitments:records_list home",
        "commitments:quarters home", "commitments:record home",
        "commitments:statement home", "commitments:statement_pdf home",
        "commitments:detail promise", "commitments:picture picture",
        "search:search home",
    ),
    "404 404 404 200 200 200 404 | 405 405 405 405 405 405 405": (
        "commitments:detail question",
        "challenges:detail draft", "challenges:wordings draft",
    ),
    "302 200 200 200 200 200 200 | 302 200 200 200 200 200 200": ("accounts:me home",),
    "302 200 200 200 200 200 200 | 405 405 405 405 405 405 405": (
        "commitments:waiting home", "accounts:my_data home",
    ),
    "302 200 200 200 200 200 200 | 302 302 302 302 302 302 302": ("accounts:erase home",),
    "302 403 403 403 403 403 200 | 302 403 403 403 403 403 200": ("accounts:new home",),
    "302 403 403 403 403 200 200 | 302 403 403 403 403 200 200": ("accounts:members home",),
    "302 403 200 200 200 200 403 | 302 403 200 200 200 200 403": (
        "challenges:new home", "challenges:improve open", "proposals:improve proposal",
    ),
    "302 404 404 200 200 200 404 | 302 404 404 200 200 200 404": (
        "challenges:improve draft", "challenges:goal draft",
    ),
    "302 403 403 200 200 200 403 | 302 403 403 200 200 200 403": (
        "challenges:goal open", "proposals:merge proposal", "proposals:withdraw proposal",
    ),
    "302 403 403 404 404 404 403 | 302 403 403 404 404 404 403": ("challenges:measure open",),
    "302 404 404 404 404 404 404 | 302 404 404 404 404 404 404": (
        "challenges:measure draft", "proposals:new home",
    ),
    "302 403 403 403 200 200 403 | 302 403 403 403 200 200 403": (
        "commitments:add_picture report", "commitments:report promise",
        "commitments:hand_over promise", "commitments:change_date promise",
        "challenges:close open",
    ),
    "302 404 404 403 200 200 404 | 302 404 404 403 200 200 404": (
        "commitments:answer question", "commitments:hand_over question",
        "challenges:close draft",
    ),
    "200 200 200 200 200 200 200 | 200 200 200 200 200 200 200": ("commitments:verify home",),
    "302 403 403 403 200 200 403 | 302 403 403 403 302 302 403": (
        "commitments:remove_picture picture",
    ),
    "302 403 403 403 409 409 403 | 302 403 403 403 409 409 403": ("commitments:answer promise",),
    "302 404 404 403 409 409 404 | 302 404 404 403 409 409 404": (
        "commitments:report question", "commitments:change_date question",
    ),
    f"{NO_GET}302 403 403 403 403 302 302": ("accounts:dismiss home",),
    f"{NO_GET}302 403 404 404 404 404 403": (
        "challenges:restore open", "proposals:restore proposal",
    ),
    f"{NO_GET}302 404 404 404 404 404 404": ("challenges:restore draft",),
    f"{NO_GET}302 409 409 409 409 409 409": ("challenges:publish open", "challenges:reopen open"),
    f"{NO_GET}302 404 404 302 302 302 404": ("challenges:publish draft",),
    f"{NO_GET}302 404 404 409 409 409 404": ("challenges:reopen draft",),
    f"{NO_GET}302 403 200 200 200 200 403": ("challenges:share open",),
    f"{NO_GET}302 404 404 403 403 403 404": ("challenges:share draft", "challenges:unshare draft"),
    f"{NO_GET}302 403 403 302 302 302 403": ("challenges:unshare open",),
    f"{NO_GET}302 403 403 409 409 409 403": (
        "proposals:split proposal", "proposals:reopen proposal",
    ),
}  # fmt: skip


@pytest.fixture
def people(db):
    """Somebody of every kind; the members are the same organisation's."""
    home = OrganisationFactory.create()
    return {
        "nobody": None,
        "without a home": UserFactory.create(),
        "member elsewhere": member_of(OrganisationFactory.create()),
        "member": member_of(home),
        "officer": officer_of(home),
        "administrator": administrator_of(home),
        "steward": UserFactory.create(is_staff=True),
    }


@pytest.fixture
def things(people):
    """What the addresses name, all of it the members' organisation's."""
    home = people["member"].memberships.get().organisation
    lab = LabFactory.create(host=home, state=LabState.CLOSED)
    return {
        "home": home,
        "leaving": MembershipFactory.create(organisation=home),
        "open": ChallengeFactory.create(owner=home, state=State.OPEN),
        "draft": ChallengeFactory.create(owner=home, state=State.DRAFT),
        "proposal": ProposalFactory.create(lab=lab),
        **_promises(home),
    }


def _promises(home: Any) -> dict[str, Any]:
    """Make what the organisation was asked in somebody else's lab, promised, and told of."""
    asking = LabFactory.create(state=LabState.RUNNING)
    today = timezone.localdate()
    made = {"receiver": home, "next_step": "Ring", "due": today, "answered_on": today}
    kept = CommitmentFactory.create(state=Answered.KEPT, **made)
    report = FollowUp.objects.create(
        commitment=kept, outcome=Outcome.KEPT, happened="Vi ringde", due_before=today,
        reported_on=today,
    )  # fmt: skip
    return {
        "question": CommitmentFactory.create(proposal__lab=asking, receiver=home),
        "promise": CommitmentFactory.create(state=Answered.TAKEN, **made),
        "report": report,
        "picture": Picture.objects.create(
            report=report, jpeg=b"bild", width=1, height=1, description="En bild"
        ),
        "question to who took part": Verification.objects.create(commitment=kept),
    }


def _addresses(things: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield a name and an address for every page, of each thing that it is told apart by."""
    for place in PLACES:
        for pattern in get_resolver().namespace_dict[place][1].url_patterns:
            asked = pattern.pattern.converters
            kinds = NAMED.get(f"{place}:{pattern.name}", NAMED.get(place, ["home"]))
            for kind in kinds if "pk" in asked else ["home"]:
                values = {
                    "pk": things[kind].pk,
                    "form": "csv",
                    "organisation": things["home"].pk,
                    "membership": things["leaving"].pk,
                    "wording": 0,
                    "year": timezone.localdate().year,
                    "token": things["question to who took part"].token,
                }
                address = reverse(
                    f"{place}:{pattern.name}", kwargs={key: values[key] for key in asked}
                )
                yield f"{place}:{pattern.name} {kind}", address


def _answer(client: Client, method: str, address: str, user: Any) -> str:
    """Return the status, and leave the world as it was."""
    client.logout()
    if user:
        client.force_login(user)
    with transaction.atomic():
        before = transaction.savepoint()
        status = getattr(client, method)(address).status_code
        transaction.savepoint_rollback(before)
    return str(status)


def test_everybody_gets_the_answer_of_the_table(client, people, things):
    expected = {name: answers for answers, names in TABLE.items() for name in names}

    told = {
        name: " | ".join(
            " ".join(_answer(client, method, address, user) for user in people.values())
            for method in ("get", "post")
        )
        for name, address in _addresses(things)
    }

    assert told == expected
