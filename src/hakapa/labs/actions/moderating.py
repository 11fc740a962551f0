from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.labs.actions.holding import led
from hakapa.labs.models import Contribution
from hakapa.process.moving import Because, record


def hide(contribution: Contribution, *, by: User, why: str) -> Contribution:
    """Take a contribution off every page, with a reason; the votes on it are kept.

    Raises:
        ValidationError: no reason is given.

    """
    return _show_or_hide(contribution, by=by, why=why, hidden_at=timezone.now())


def unhide(contribution: Contribution, *, by: User) -> Contribution:
    """Show a hidden contribution again."""
    return _show_or_hide(contribution, by=by, why="", hidden_at=None)


@transaction.atomic
def _show_or_hide(
    contribution: Contribution, *, by: User, why: str, hidden_at: datetime | None
) -> Contribution:
    lab = led(contribution.lab, by=by)
    contribution.hidden_at, contribution.hidden_why = hidden_at, why
    contribution.full_clean(validate_unique=False)
    contribution.save(update_fields=["hidden_at", "hidden_why"])
    details = {"contribution": contribution.pk, "why": why}
    record(lab, "hide" if hidden_at else "unhide", by=by, because=Because(details=details))
    return contribution
