"""The mails: text first, and one HTML layout whose styles stand in every element.

Mail programs take no style sheet, so a template names a style by class and the style is put in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hakapa.kernel.addresses import absolute
from hakapa.kernel.text import shortened
from hakapa.notices.models import Mail

MOST_LINES = 60  # a mail that is longer is not read

_INK, _SOFT, _SEA, _LINE = "#16262e", "#4d5f68", "#0b5a78", "#d9d3c6"
_TEXT = "font-family:'Public Sans',system-ui,'Segoe UI',Roboto,Arial,sans-serif;"
_STYLES = {
    "page": f"margin:0;padding:0;background:#f7f4ee;color:{_INK};{_TEXT}",
    "frame": "width:100%;background:#f7f4ee;border-collapse:collapse",
    "around": "padding:20px 10px",
    "sheet": f"width:100%;max-width:600px;background:#fffdf9;border:1px solid {_LINE};"
    f"border-top:4px solid #a81e45;border-collapse:separate;border-radius:10px;{_TEXT}",
    "inside": f"padding:22px 20px;color:{_INK};font-size:16px;line-height:1.5;{_TEXT}",
    "mark": f"margin:0 0 16px;font-size:22px;font-weight:700;color:{_INK}",
    "first": f"margin:0 0 14px;font-size:22px;line-height:1.25;font-weight:700;color:{_INK}",
    "heading": f"margin:26px 0 4px;font-size:17px;line-height:1.3;font-weight:700;color:{_INK}",
    "line": f"margin:0;padding:12px 0;border-bottom:1px solid {_LINE}",
    "what": f"color:{_SEA};font-size:16px;font-weight:600;text-decoration:underline",
    "said": f"display:block;margin-top:2px;font-size:16px;color:{_INK}",
    "when": f"display:block;margin-top:2px;font-size:14px;color:{_SOFT}",
    "words": "margin:0 0 14px",
    "act": f"display:inline-block;padding:12px 20px;border-radius:8px;background:{_SEA};"
    "color:#ffffff;font-size:16px;font-weight:600;text-decoration:none",
    "foot": f"padding:0 20px 20px;color:{_SOFT};font-size:14px;line-height:1.5;{_TEXT}",
    "quiet": f"color:{_SOFT};text-decoration:underline",
}


@dataclass(frozen=True)
class Line:
    """One thing that has happened, in the reader's language."""

    kind: str
    title: str
    url: str
    sentence: str
    day: str

    @cached_property
    def html(self) -> SafeString:
        """The line as HTML, written once for all the mails that hold it."""
        return render_to_string("notices/mail/line.html", {"line": self})

    @property
    def text(self) -> str:
        """The line as text."""
        return f"{self.title}\n{self.sentence}\n{self.day}\n{self.url}"


@dataclass(frozen=True)
class Letter:
    """All that a mail tells a reader."""

    form: Mail.Form
    language: str
    lines: list[Line] = field(default_factory=list)
    thing: str = ""  # what is to be confirmed
    act: str = ""  # the address at which it is done
    choose: str = ""
    stop: str = ""


@dataclass(frozen=True)
class Words:
    """A mail as it is read."""

    subject: str
    text: str
    html: str


def token(what: str, pk: int) -> str:
    """Return what a link in a mail carries: signed, so that nobody can make it up."""
    return signing.dumps(pk, salt=f"notices.{what}")


def opened(what: str, signed: str) -> int | None:
    """Return what the link's token stands for; None when it is not ours."""
    try:
        pk = signing.loads(signed, salt=f"notices.{what}")
    except signing.BadSignature:
        return None
    return int(pk)


def link(name: str, *arguments: object) -> str:
    """Return the address of the named page in the present language."""
    return absolute(reverse(name, args=arguments))


def worded(letter: Letter) -> Words:
    """Write the letter in its language."""
    with translation.override(letter.language):
        subject = " ".join(_subject(letter).split())
        context: dict[str, Any] = {
            "letter": letter,
            "subject": subject,
            "parts": _parts(letter.lines[:MOST_LINES]),
            "more": max(0, len(letter.lines) - MOST_LINES),
            "site": settings.SITE_URL,
            "all_url": link("notices:index"),
        }
        text = render_to_string(f"notices/mail/{letter.form}.txt", context)
        html = render_to_string(f"notices/mail/{letter.form}.html", context)
    return Words(subject, _tidied(text), styled(html))


def message(mail: Mail, words: Words, letter: Letter) -> EmailMultiAlternatives:
    """Return what is handed to the mail server; the same mail always has the same Message-ID."""
    headers: dict[str, str] = {"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"}
    if letter.stop:
        headers["List-Unsubscribe"] = f"<{letter.stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    written = EmailMultiAlternatives(
        words.subject,
        words.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.reader.address],
        headers=headers,
        reply_to=[settings.REPLY_TO] if settings.REPLY_TO else None,
    )
    written.attach_alternative(words.html, "text/html")
    return written


def message_id(mail: Mail) -> str:
    """Return the mail's name among all mails of the world."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rsplit("@", 1)[-1]
    return f"<{mail.key}@{domain}>"


def styled(html: str) -> str:
    """Return the HTML with each class made into the style that it names."""
    return re.sub(r'class="(\w+)"', lambda found: f'style="{_STYLES[found[1]]}"', html)


def _subject(letter: Letter) -> str:
    if letter.form == Mail.Form.CONFIRM:
        return _("Do you want mail from Hakapå?")
    if len(letter.lines) == 1:
        return shortened(f"{letter.lines[0].title}: {letter.lines[0].sentence}", 100)
    count = len(letter.lines)
    return ngettext(
        "%(count)d piece of news from Hakapå", "%(count)d pieces of news from Hakapå", count
    ) % {"count": count}


def _parts(lines: list[Line]) -> Mapping[str, list[Line]]:
    """Return the lines by their kinds' names, in the order they have."""
    parts: dict[str, list[Line]] = {}
    for line in lines:
        parts.setdefault(line.kind, []).append(line)
    return parts


def _tidied(text: str) -> str:
    """Return the text without the empty lines that a template leaves."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
