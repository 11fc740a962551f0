from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class Entity(models.Model):
    """What every stored thing has."""

    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Written(models.Model):
    """A thing whose words people wrote in one of the site's languages.

    Pages mark the words with it, so that a screen reader says Swedish as Swedish on an English
    page.
    """

    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="sv"
    )

    class Meta:
        abstract = True


class Turn(models.Model):
    """When a regular job was last done, and when it last failed."""

    job = models.CharField(max_length=200, primary_key=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return self.job
