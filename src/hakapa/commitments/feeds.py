from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.commitments import queries
from hakapa.commitments.queries import Change
from hakapa.commitments.templatetags.promises import told
from hakapa.kernel.addresses import absolute
from hakapa.kernel.feeds import PlainAtom


class PromiseFeed(Feed[Change, None]):
    """New promises, moved dates and outcomes, for those who follow from a reader of their own."""

    feed_type = PlainAtom
    title = _("Hakapå: promises")
    subtitle = _("What receivers promise, and what becomes of it")
    item_guid_is_permalink = False

    @override
    def link(self) -> str:
        return reverse("commitments:index")

    @override
    def items(self) -> list[Change]:
        return queries.latest_changes(AnonymousUser())

    @override
    def item_title(self, item: Change) -> str:
        return item.commitment.proposal.title

    @override
    def item_description(self, item: Change) -> str:
        return ": ".join(filter(None, (told(item.event), item.happened)))

    @override
    def item_guid(self, item: Change) -> str:
        """One promise changes many times; each change is an item of its own."""
        return absolute(f"{item.get_absolute_url()}#{item.event.pk}")

    @override
    def item_author_name(self, item: Change) -> str:
        return item.commitment.receiver.name

    @override
    def item_pubdate(self, item: Change) -> datetime:
        return item.event.at

    @override
    def item_updateddate(self, item: Change) -> datetime:
        return item.event.at
