from django.utils import timezone

from hakapa.labs import codes
from hakapa.labs.models import WrongCode


def count_wrong_code(address: str) -> None:
    """Remember for a while that a code no lab has came from the address."""
    now = timezone.now()
    WrongCode.objects.filter(created__lt=now - codes.COUNTED_FOR).delete()
    WrongCode.objects.create(address=codes.fingerprint(address), created=now)
