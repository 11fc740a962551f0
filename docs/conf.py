"""How Sphinx makes the documentation; it needs no network."""  # noqa: INP001

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

project = "Hakapå"
author = "The Hakapå contributors"
copyright = "2026, The Hakapå contributors. Licensed under the EUPL, version 1.2"  # noqa: A001
language = "en"

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = "Hakapå"
html_copy_source = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b5a78", "color-brand-content": "#0b5a78"},
    "dark_css_variables": {"color-brand-primary": "#8cc6dc", "color-brand-content": "#8cc6dc"},
}


def setup(app: Sphinx) -> None:
    """Show Mermaid's text as text: its drawing would need a script from elsewhere."""
    app.add_lexer("mermaid", TextLexer)
