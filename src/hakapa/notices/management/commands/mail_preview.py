from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from typing_extensions import override

from hakapa.notices import previews
from hakapa.notices.emails import worded


class Command(BaseCommand):
    help = "Write every kind of mail in both languages, as text and HTML, to var/mail-preview."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.VAR_DIR) / "mail-preview"
        folder.mkdir(parents=True, exist_ok=True)
        for language, _name in settings.LANGUAGES:
            for name, letter in previews.letters(language).items():
                words = worded(letter)
                text = f"{words.subject}\n\n{words.text}"
                (folder / f"{name}.{language}.txt").write_text(text, encoding="utf-8")
                (folder / f"{name}.{language}.html").write_text(words.html, encoding="utf-8")
        self.stdout.write(f"wrote {folder}")
