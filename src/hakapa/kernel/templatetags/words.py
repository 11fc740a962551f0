"""Words and numbers on pages."""

from django import template
from django.conf import settings
from django.urls import translate_url

from hakapa.kernel import money

register = template.Library()


@register.filter
def kronor(ore: int) -> str:
    """Write öre as kronor."""
    return money.as_kronor(ore)


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, code: str) -> str:
    """Return the address of this page in the other language."""
    return translate_url(context["request"].get_full_path(), code)


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: object) -> str:
    """Return this page's query string with some of its values changed."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def foreign(language: str, page_language: str) -> str:
    """Return the language when it is another than the page's and so must be marked, else ''."""
    known = dict(settings.LANGUAGES)
    return language if language in known and language != page_language else ""
