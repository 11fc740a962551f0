"""What holds a problem in place, and which part of the city it is about."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Barrier(TextChoices):
    MANDATE = "mandate", _("mandate")
    MONEY = "money", _("money")
    SKILL = "skill", _("skill")
    LAW = "law", _("law")
    SECURITY = "security", _("security")
    GOVERNANCE = "governance", _("governance")
    SUPPLIER = "supplier", _("supplier")
    TECHNOLOGY = "technology", _("technology")
    CULTURE = "culture", _("culture")
    TIMING = "timing", _("timing")
    PLACE = "place", _("place")
    IDEA = "idea", _("the idea itself")


class Theme(TextChoices):
    DATA_SHARING = "data_sharing", _("data sharing")
    IOT = "iot", _("sensors and things")
    CLIMATE = "climate", _("climate")
    CARE = "care", _("care")
    MOBILITY = "mobility", _("mobility")
    ENVIRONMENT = "environment", _("environment")
    PROCUREMENT = "procurement", _("procurement")
    LEADERSHIP = "leadership", _("leadership")
    PARTICIPATION = "participation", _("participation")
