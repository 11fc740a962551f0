from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.challenges import queries
from hakapa.challenges.models import Challenge
from hakapa.kernel.feeds import PlainAtom


class ChallengeFeed(Feed[Challenge, None]):
    """The newest open challenges, for those who follow from a reader of their own."""

    feed_type = PlainAtom
    title = _("Hakapå: challenges")
    subtitle = _("New challenges, as they are opened")

    @override
    def link(self) -> str:
        return reverse("challenges:index")

    @override
    def items(self) -> QuerySet[Challenge]:
        return queries.newly_opened(AnonymousUser())[:50]

    @override
    def item_title(self, item: Challenge) -> str:
        return item.title

    @override
    def item_description(self, item: Challenge) -> str:
        return item.wish

    @override
    def item_author_name(self, item: Challenge) -> str:
        return item.owner.name

    @override
    def item_pubdate(self, item: Any) -> datetime:
        opened: datetime = item.opened
        return opened

    @override
    def item_categories(self, item: Challenge) -> list[str | Promise]:
        return [*item.theme_names, *item.barrier_names]
