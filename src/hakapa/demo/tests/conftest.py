from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction

from hakapa.demo import world

TODAY = date(2027, 2, 10)


def loaded(language, django_db_setup, django_db_blocker):
    """Load the demo world once for all tests of a module, and take it away after them."""
    said = StringIO()
    with (
        django_db_blocker.unblock(),
        time_machine.travel(f"{TODAY}T12:00:00+01:00", tick=False),
        transaction.atomic(),
    ):
        call_command("demo", language=language, stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(scope="module")
def swedish_world(django_db_setup, django_db_blocker):
    yield from loaded("sv", django_db_setup, django_db_blocker)


@pytest.fixture(scope="module")
def english_world(django_db_setup, django_db_blocker):
    yield from loaded("en", django_db_setup, django_db_blocker)


@pytest.fixture(scope="session")
def told():
    """What the demo's file says."""
    return world.read("sv", TODAY)


@pytest.fixture(scope="session")
def moved(told):
    """How much later everything is than the file says."""
    return timedelta(days=(TODAY - told["demo_today"]).days)
