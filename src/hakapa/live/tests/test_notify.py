import pytest
from django.db import transaction

from hakapa.live.models import Announcement, Channel
from hakapa.live.notify import announce

pytestmark = pytest.mark.django_db


def test_a_channel_is_numbered_without_a_gap():
    assert [announce("lab:1", "step"), announce("lab:1", "note", item=7)] == [1, 2]
    assert announce("lab:2", "step") == 1
    second = Announcement.objects.get(channel="lab:1", number=2)
    assert (second.kind, second.item) == ("note", 7)


def test_what_is_taken_back_uses_up_no_number():
    announce("lab:1", "step")
    with transaction.atomic():
        announce("lab:1", "step")
        transaction.set_rollback(True)

    assert announce("lab:1", "step") == 2
    assert Channel.objects.get(name="lab:1").last == 2
