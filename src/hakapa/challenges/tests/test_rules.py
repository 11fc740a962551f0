import pytest
from django.contrib.auth.models import AnonymousUser

from hakapa.accounts.models import Role, User
from hakapa.accounts.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    member_of,
    officer_of,
)
from hakapa.challenges import queries
from hakapa.challenges.lifecycle import State
from hakapa.challenges.models import Challenge
from hakapa.challenges.tests.factories import ChallengeFactory, SharedNeedFactory

pytestmark = pytest.mark.django_db
LIVING = {"open", "in_lab", "in_hand"}


@pytest.fixture
def people(neighbour):
    """Everybody who may come, seen from Umeå."""
    home = OrganisationFactory.create(name="Umeå")
    both = member_of(home)
    MembershipFactory.create(user=both, organisation=neighbour, role=Role.ADMINISTRATOR)
    return {
        "anonymous": AnonymousUser(),
        "newcomer": UserFactory.create(),
        "member": member_of(home),
        "officer": officer_of(home),
        "elsewhere": officer_of(neighbour),
        "both": both,
        "steward": UserFactory.create(is_staff=True),
        "superuser": User.objects.create_superuser("drift@example.org"),
    }


def states_in_which(user, right, home):
    return {
        state.value
        for state in State
        if user.has_perm(
            f"challenges.{right}_challenge", ChallengeFactory.build(state=state, owner=home)
        )
    }


ALL, NONE, SHARED = set(State.values), set(), set(State.values) - {"draft"}


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ("view", {"newcomer": SHARED, "member": ALL, "officer": ALL, "elsewhere": SHARED}),
        (
            "improve",
            {"member": {"draft"} | LIVING, "officer": {"draft"} | LIVING, "elsewhere": LIVING},
        ),
        ("measure", {"member": ALL, "officer": ALL}),
        ("share", {"member": LIVING, "officer": LIVING, "elsewhere": LIVING}),
        ("publish", {"member": ALL, "officer": ALL}),
        ("close", {"officer": ALL}),
        ("reopen", {"officer": ALL}),
    ],
)
def test_who_may_do_what_when(people, right, expected):
    home = people["member"].memberships.get().organisation
    seen = SHARED if right == "view" else NONE
    rights = {who: states_in_which(user, right, home) for who, user in people.items()}

    assert (
        rights
        == {
            "anonymous": seen,
            "newcomer": NONE,
            "elsewhere": NONE,
            "member": NONE,
            "officer": NONE,
            "steward": seen,
            "superuser": seen,
            "both": expected.get("member", NONE),
        }
        | expected
    )


def test_whoever_works_somewhere_may_present_a_challenge(people):
    may = {who for who, user in people.items() if user.has_perm("challenges.add_challenge")}

    assert may == {"member", "officer", "elsewhere", "both"}


def test_may_see_by_the_rule_is_may_see_by_the_query(people, neighbour):
    for owner in (people["member"].memberships.get().organisation, neighbour):
        for state in State:
            SharedNeedFactory.create(challenge__owner=owner, challenge__state=state)

    for who, user in people.items():
        by_rule = {
            c.pk for c in Challenge.objects.all() if user.has_perm("challenges.view_challenge", c)
        }
        assert {c.pk for c in queries.visible_to(user)} == by_rule, who
