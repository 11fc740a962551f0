"""What single readers are asked: whether a promise that they took part in was kept."""

from collections.abc import Iterable

from django.db.models import F

from hakapa.commitments.models import Verification
from hakapa.notices.models import Notice

_ASKED_BY = "ask_participants"


def questions_to(notices: Iterable[Notice]) -> dict[int, Verification]:
    """Return what the readers of such notices are asked themselves, by notice; one query at most.

    Each has a link that its reader alone answers by.
    """
    telling = [notice for notice in notices if notice.event.move == _ASKED_BY]
    asked = Verification.objects.filter(
        commitment__in={notice.event.subject_id for notice in telling},
        account__reader__in={notice.reader_id for notice in telling},
    ).annotate(reader=F("account__reader"))
    of = {(one.reader, one.commitment_id): one for one in asked}
    found = {notice.pk: of.get((notice.reader_id, notice.event.subject_id)) for notice in telling}
    return {pk: one for pk, one in found.items() if one}
