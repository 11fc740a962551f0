"""Every kind of mail with invented contents, to be looked at before somebody gets one."""

from datetime import date

from django.utils import formats, translation
from django.utils.translation import gettext as _

from hakapa.notices.emails import MOST_LINES, Letter, Line, link
from hakapa.notices.kinds import Kind
from hakapa.notices.models import Mail

_DAY = date(2026, 11, 23)


def letters(language: str) -> dict[str, Letter]:
    """Return a letter of every kind in the language, by the names of their files."""
    with translation.override(language):
        asked, promised, late, lab, off = _lines()
        many = [promised, late, lab] * (MOST_LINES // 3 + 5)
        return {
            "confirm": Letter(
                Mail.Form.CONFIRM,
                language,
                thing=promised.title,
                act=link("notices:confirm", "a-signed-token"),
            ),
            "waits": _news(language, [asked]),
            "promise": _news(language, [promised]),
            "webhook-off": _news(language, [off]),
            "digest": _news(language, [asked, promised, late, lab]),
            "long-digest": _news(language, sorted(many, key=lambda line: line.kind)),
        }


def _news(language: str, lines: list[Line]) -> Letter:
    return Letter(
        Mail.Form.NEWS,
        language,
        lines,
        choose=link("notices:choose_by_mail", "a-signed-token"),
        stop=link("notices:stop", "a-signed-token"),
    )


def _lines() -> list[Line]:
    snow = _("Show snow clearing street by street")
    water = _("Share water sensors between municipalities")
    first, second = {"who": _("The first municipality")}, {"who": _("The second municipality")}
    asked = _("%(who)s was asked")
    took = _("%(who)s took on the proposal: “Open the map for three streets”, by 1 March 2027")
    late, opened = _("%(who)s did not report in time"), _("%(who)s published the lab")
    off = _(
        "The webhook could not be reached again and again. It is turned off until one of you "
        "turns it on."
    )
    city = _("The city that shares its data")
    here, there = link("commitments:detail", 1), link("commitments:detail", 2)
    system = "https://system.example.org/hakapa"
    return [
        _line(Kind.WAITS, f"{snow} ({second['who']})", asked % second, here),
        _line(Kind.PROMISE, f"{snow} ({second['who']})", took % second, here),
        _line(Kind.PROMISE, f"{water} ({first['who']})", late % first, there),
        _line(Kind.LAB, city, opened % first, link("labs:detail", 1)),
        _line(Kind.SITE, system, off, link("notices:webhook", 1)),
    ]


def _line(kind: Kind, title: str, sentence: str, url: str) -> Line:
    return Line(str(kind.label), title, url, sentence, formats.date_format(_DAY))
