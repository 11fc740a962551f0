from django.db import models
from typing_extensions import override

from hakapa.kernel.models import Entity


class WrongCode(Entity):
    """That somebody typed a join code no lab has; counted for a while so that none is guessed.

    The address is kept as a fingerprint that cannot be read back.
    """

    address = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["address", "created"], name="wrong_codes_of_an_address")]

    @override
    def __str__(self) -> str:
        return f"{self.created}"
