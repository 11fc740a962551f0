"""A worker that writes down a whole batch as sent before it sends it, which is what nobody may do.

It shows that the test of killed workers sees a loss.
"""

import os

import django

from hakapa.config import cli


def settle_before_sending() -> None:
    """Break what protects mails from a worker's death, in this process."""
    from hakapa.notices.actions import sending  # noqa: PLC0415  (after Django is set up)
    from hakapa.notices.models import Outcome  # noqa: PLC0415

    send = sending._send

    def careless(batch, post):
        mails = list(batch)
        for mail in mails:
            sending._settle(mail, Outcome.SENT)
        send(mails, post)

    sending._send = careless


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hakapa.config.settings")
    django.setup()
    settle_before_sending()
    cli.main()
