"""How long 10,000 summaries of 2,000 changed things take, in how many queries and how much memory.

Run it with `python -m bench.notices --json FILE`; it uses a database of its own. Each of the
readers follows twenty of the things; nothing is sent over a network.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from bench import site
from bench.measuring import peak_mb

READERS, THINGS, EACH = 10_000, 2_000, 20
_FOLLOW = """
INSERT INTO notices_follow (reader_id, label, thing_id, confirmed_at)
SELECT reader.id, 'challenges.challenge', thing.id, now()
FROM notices_reader AS reader, generate_series(1, %s) AS each
JOIN unnest(%s::bigint[]) WITH ORDINALITY AS thing (id, place) ON true
WHERE thing.place = 1 + (7 * reader.id + 97 * each) %% %s
"""


def measured(_: argparse.Namespace) -> dict[str, Any]:
    """Return the seconds of each step, its queries, and the largest memory in MiB."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from hakapa.notices import actions  # noqa: PLC0415
    from hakapa.notices.models import Mail, Notice  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    _fill()
    now = timezone.localtime()
    monday = now + timedelta(days=7 - now.weekday())
    steps = {
        "told": _timed(lambda: _until_nothing(actions.hear)),
        "put_into_mails": _timed(lambda: [actions.build_digests(monday)]),
        "written": _timed(_write_all),
    }
    return {
        **steps,
        "seconds": round(sum(step["seconds"] for step in steps.values()), 1),
        "notices": Notice.objects.count(),
        "mails": Mail.objects.count(),
        "peak_mb": peak_mb(),
    }


def _fill() -> None:
    """Enter the things, their readers and what happened to each thing."""
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from hakapa.accounts.models import Organisation, User  # noqa: PLC0415
    from hakapa.challenges.models import Challenge  # noqa: PLC0415
    from hakapa.notices.models import Reader  # noqa: PLC0415
    from hakapa.process.moving import Because, record  # noqa: PLC0415

    now = timezone.now()
    owner = Organisation.objects.create(name="En kommun")
    things = Challenge.objects.bulk_create(
        Challenge(
            title=f"Utmaning {n}", today="a", wish="b", affected="c", owner=owner, state="open"
        )
        for n in range(THINGS)
    )
    people = User.objects.bulk_create(User(email=f"r{n}@example.org") for n in range(READERS))
    Reader.objects.bulk_create(Reader(account=who, confirmed_at=now) for who in people)
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [EACH, [thing.pk for thing in things], THINGS])
    for thing in things:
        record(thing, "measure", by=None, because=Because(owner))


def _until_nothing(step: Callable[[], int]) -> Iterator[int]:
    while done := step():
        yield done


def _write_all() -> Iterator[int]:
    """Write every mail as text and HTML, in the batches in which they are sent."""
    from hakapa.notices.actions.sending import BATCH  # noqa: PLC0415
    from hakapa.notices.emails import message, worded  # noqa: PLC0415
    from hakapa.notices.models import Mail  # noqa: PLC0415
    from hakapa.notices.queries import letters  # noqa: PLC0415

    last = 0
    while True:
        mails = list(
            Mail.objects.filter(pk__gt=last)
            .select_related("reader__account", "follow")
            .order_by("pk")[:BATCH]
        )
        if not mails:
            return
        written = letters(mails)
        for mail in mails:
            message(mail, worded(written[mail.pk]), written[mail.pk]).message()
        last = mails[-1].pk
        yield len(mails)


def _timed(step: Callable[[], Any]) -> dict[str, Any]:
    """Return the seconds, the batches, and the most queries that one batch asked."""
    began, worked = time.perf_counter(), time.process_time()
    most = batches = 0
    with site.counted() as asked:
        for _done in step():
            batches += 1
            most = max(most, len(asked))
            asked.clear()
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "processor_seconds": round(time.process_time() - worked, 1),
        "batches": batches,
        "queries_per_batch": most,
    }


def main() -> None:
    """Write what was measured as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    site.write(measured, parser)


if __name__ == "__main__":
    main()
