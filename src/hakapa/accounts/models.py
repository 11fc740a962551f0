from typing import Any, ClassVar, TypeAlias

from django.contrib.auth.models import (
    AbstractBaseUser,
    AnonymousUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from typing_extensions import override

from hakapa.kernel.models import Entity
from hakapa.kernel.text import swedish_order


class Role(models.TextChoices):
    """What a person may do for an organisation; each role includes the ones before it."""

    MEMBER = "member", _("member")
    OFFICER = "officer", _("officer, speaks for the organisation")
    ADMINISTRATOR = "administrator", _("administrator")


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    REGION = "region", _("region")
    AGENCY = "agency", _("government agency")
    COMPANY = "company", _("company")
    UNIVERSITY = "university", _("university")
    ASSOCIATION = "association", _("association")


class UserManager(BaseUserManager["User"]):
    """Makes users who sign in with their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make somebody who runs the site; even they may do only what the rules say."""
        return self.create_user(email, password, is_staff=True, **fields)


class User(AbstractBaseUser, PermissionsMixin, Entity):
    """A person who signs in; in public only the role and the organisation are shown."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(
        _("name"),
        max_length=100,
        blank=True,
        help_text=_("Shown to your colleagues only, unless you choose otherwise."),
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("runs the site"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="an_address_is_kept_in_lower_case"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def roles(self) -> dict[int, Role]:
        """The user's role in each organisation, by its id; asked for once a request."""
        return {m.organisation_id: Role(m.role) for m in self.memberships.all()}


AnyUser: TypeAlias = User | AnonymousUser


class Organisation(index.Indexed, Entity):
    """A municipality, region, agency, company, university or association."""

    kind = models.CharField(
        _("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.MUNICIPALITY
    )
    code = models.CharField(
        _("code"),
        max_length=20,
        blank=True,
        help_text=_("The municipality's four digits, or the organisation number."),
    )
    name = models.CharField(_("name"), max_length=200, unique=True)
    county = models.CharField(_("county"), max_length=100, blank=True)

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("county"),
    ]

    class Meta:
        ordering = [swedish_order("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"], condition=~Q(code=""), name="one_organisation_per_code"
            ),
        ]
        indexes = [models.Index(swedish_order("name"), name="organisations_in_swedish_order")]

    @override
    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:organisation", args=[self.pk])


class Population(models.Model):
    """How many people live in a municipality or region on a day, and who says so."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="populations", verbose_name=_("organisation")
    )
    value = models.PositiveIntegerField(_("inhabitants"))
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "as_of"], name="one_population_per_day"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.organisation} {self.as_of}: {self.value}"


class Unit(models.Model):
    """A department of an organisation (förvaltning); seen from afar, a silo."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="units")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = [swedish_order("name")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_unit_per_name"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Membership(Entity):
    """That a person works for an organisation, in which role and under which public title."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    title = models.CharField(
        _("title"),
        max_length=100,
        blank=True,
        help_text=_("Shown in public instead of a name, for example “digital strategist”."),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="one_membership_per_organisation"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.title or self.get_role_display()}, {self.organisation}"
