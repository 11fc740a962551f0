import pytest
from django.core.management import CommandError, call_command

from hakapa.accounts.models import Organisation, User
from hakapa.accounts.tests.factories import OrganisationFactory
from hakapa.demo import load
from hakapa.process.models import Event

pytestmark = pytest.mark.django_db


def test_a_site_in_use_is_left_alone():
    home = OrganisationFactory.create()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("demo")

    assert list(Organisation.objects.all()) == [home]
    assert not Event.objects.exists()
    assert load.is_in_use()
    assert not load.is_loaded()


def test_production_is_left_alone(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="Load it into an empty database"):
        call_command("demo")

    assert not Organisation.objects.exists()
    assert not load.is_in_use()


def test_an_unknown_language_is_refused():
    with pytest.raises(CommandError, match="invalid choice: 'fi'"):
        call_command("demo", "--language", "fi")


def test_a_world_that_breaks_on_the_way_leaves_nothing():
    def stop(done):
        if done.startswith("lab"):
            raise RuntimeError("strömmen gick")

    with pytest.raises(RuntimeError):
        load.load("sv", stop)

    assert not User.objects.exists()
    assert not Organisation.objects.exists()
    assert not load.is_loaded()
