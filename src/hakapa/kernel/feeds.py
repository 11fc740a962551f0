"""Feeds that readers show as it was written."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator
from typing_extensions import override


class PlainAtom(Atom1Feed):
    """An Atom feed of plain words.

    Atom's summaries are HTML to those who read them, so what people write is escaped once for
    HTML too; otherwise a reader would run it as markup.
    """

    @override
    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": escape(item["description"])})
