"""How long a lab's opinion map, report and open data take from the moment it is closed.

Run it with `python -m bench.reports --json FILE [--polis FOLDER]`; it uses a database of its own.
Without a folder in Polis' export format it makes a room of 2,000 people who each answer 200
statements. Beside the seconds on the wall stand those of this process's processor time, which a
busy machine hardly lengthens; the database's are not in them.
"""

import argparse
import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import site

PEOPLE, STATEMENTS = 2000, 200


def measured(options: argparse.Namespace) -> dict[str, Any]:
    """Return [wall, processor] seconds for each thing that a closed lab gives away."""
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    lab = _read(options.polis) if options.polis else _made()
    from hakapa.labs import actions, documents  # noqa: PLC0415
    from hakapa.labs.documents import open_data  # noqa: PLC0415
    from hakapa.labs.models import Vote  # noqa: PLC0415

    at = "https://hakapa.example"
    taken = {
        "map": _seconds(lambda: actions.map_opinions(lab)),
        "page": _seconds(lambda: _page(lab)),
        "pdf": _seconds(lambda: documents.written(lab, "pdf", site=at)),
        "docx": _seconds(lambda: documents.written(lab, "docx", site=at)),
        "open_data": _seconds(lambda: open_data.packed(lab, site=at).close()),
    }
    return {
        "votes": Vote.objects.filter(statement__lab=lab).count(),
        "seconds": taken,
        "all": [round(sum(one), 2) for one in zip(*taken.values(), strict=True)],
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _seconds(work: Callable[[], object]) -> list[float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return [round(time.perf_counter() - wall, 2), round(time.process_time() - processor, 2)]


def _page(lab: Any) -> None:
    from django.test import Client  # noqa: PLC0415

    answer = Client().get(f"/labb/{lab.pk}/rapport/")
    if 'id="map"' not in answer.text:
        raise SystemExit("the report shows no map")


def _host() -> Any:
    from hakapa.accounts.models import Organisation  # noqa: PLC0415

    return Organisation.objects.create(name="Umeå", code="2480")


def _read(folder: Path) -> Any:
    from hakapa.labs import actions, polis  # noqa: PLC0415

    return actions.import_conversation(polis.read(folder), host=_host(), language="en").lab


def _made() -> Any:
    """Make a lab in which three camps differ about half of the statements."""
    from hakapa.labs import actions, polis  # noqa: PLC0415

    draw = random.Random(1)  # noqa: S311  (the same room every time)
    statements = {
        str(one): polis.Statement(
            number=str(one), author="", at=_day(), text=f"Påstående {one}", is_hidden=False
        )
        for one in range(STATEMENTS)
    }
    people = [str(one) for one in range(PEOPLE)]
    conversation = polis.Conversation(
        topic="En stor sal", about="", address="", statements=statements, participants=people,
        answers=dict(_answers(draw)), differing=0,
    )  # fmt: skip
    return actions.import_conversation(conversation, host=_host()).lab


def _answers(draw: random.Random) -> Iterator[tuple[tuple[str, str], Any]]:
    from hakapa.labs import polis  # noqa: PLC0415

    for person in range(PEOPLE):
        for statement in range(STATEMENTS):
            shared = statement < STATEMENTS // 2
            sure = 1 if shared or statement % 3 == person % 3 else -1
            value = sure if draw.random() < 0.8 else draw.choice((-1, 0, 1))  # noqa: PLR2004
            yield (str(person), str(statement)), polis.Answer(value)


def _day() -> Any:
    from django.utils import timezone  # noqa: PLC0415

    return timezone.now()


def main() -> None:
    """Write what was measured as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polis", type=Path, help="a folder in Polis' export format")
    site.write(measured, parser)


if __name__ == "__main__":
    main()
