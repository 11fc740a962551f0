import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from hakapa.accounts.tests.factories import administrator_of, member_of
from hakapa.commitments.models import Commitment


@pytest.mark.parametrize(
    "name", sorted({m.name for m in Commitment.lifecycle if not m.consequence})
)
def test_every_move_is_for_who_speaks_for_the_receiver(
    commitment, officer, other_officer, leader, member, name
):
    permission = f"commitments.{name}_commitment"
    assert rules.perm_exists(permission)

    may = {
        "officer": officer,
        "administrator": administrator_of(commitment.receiver),
        "colleague": member_of(commitment.receiver),
        "another receiver": other_officer,
        "host": leader,
        "elsewhere": member,
        "anonymous": AnonymousUser(),
    }
    allowed = {who for who, user in may.items() if user.has_perm(permission, commitment)}
    assert allowed == {"officer", "administrator"}
