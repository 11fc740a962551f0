"""What is heard: the journal, and that somebody leaves."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from hakapa.accounts.models import User
from hakapa.kernel.personal import tells_about
from hakapa.notices import actions, queries
from hakapa.notices.models import Reader
from hakapa.process.models import Event
from hakapa.process.moving import happened

tells_about("notices")(queries.all_about)


@receiver(happened)
def listen(event: Event, **_: Any) -> None:
    """Remember what happened until those concerned are told, in the same transaction."""
    actions.note(event)


@receiver(pre_delete, sender=User)
def forget_the_address(instance: User, **_: Any) -> None:
    """Forget the address of somebody who leaves, where it follows without their account too.

    What their account followed and was told goes with the account.
    """
    Reader.objects.filter(email=instance.email).delete()
