"""A result as one page of HTML that stands alone: no script, no other file, Swedish and English."""

from html import escape

from hakapa.algorithms.budgeting.explaining import Accounts, ProjectStory
from hakapa.algorithms.budgeting.result import FundingResult
from hakapa.algorithms.budgeting.sentences import project_sentences, result_sentences
from hakapa.algorithms.budgeting.wording import LANGUAGES, money, number, percent

STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
table{border-collapse:collapse;width:100%}
caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid GrayText}
.figure{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}
""".strip()

TEXTS: dict[str, dict[str, str]] = {
    "sv": {
        "title": "Resultat av gemensam finansiering",
        "jump": "Läs på svenska",
        "table": "Alla projekt, de som får pengar först",
        "heads": "Projekt|Kostnad|Röster|Får pengar|Saknas|Bärkraft",
        "yes": "Ja",
        "no": "Nej",
        "why": "Varför gick det som det gick?",
        "notices": "Att veta om filen",
    },
    "en": {
        "title": "Result of joint funding",
        "jump": "Read in English",
        "table": "All projects, the funded ones first",
        "heads": "Project|Cost|Votes|Funded|Missing|Effectiveness",
        "yes": "Yes",
        "no": "No",
        "why": "Why did it end like this?",
        "notices": "About the file",
    },
}


def result_page(result: FundingResult) -> str:
    """Return the page; every project with its figures and the sentences that explain them."""
    accounts = Accounts(result)
    stories = [accounts.story(n, instead=True) for n in range(len(result.election.projects))]
    stories.sort(key=lambda story: (story.how == "lost", story.place, -story.effectiveness))
    title = dict(result.election.meta).get("description") or result.election.source
    jumps = "".join(
        f'<li><a href="#{tongue}" lang="{tongue}" hreflang="{tongue}">{TEXTS[tongue]["jump"]}</a>'
        for tongue in LANGUAGES
    )
    articles = "\n".join(_article(result, stories, title, tongue) for tongue in LANGUAGES)
    return (
        f'<!doctype html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n"
        f'<header><h1>{escape(title)}</h1>\n<nav aria-label="Språk / Language"><ul>{jumps}</ul>'
        f"</nav></header>\n<main>\n{articles}\n</main>\n</body>\n</html>\n"
    )


def _article(result: FundingResult, stories: list[ProjectStory], title: str, tongue: str) -> str:
    texts = TEXTS[tongue]
    said = "".join(f"<p>{escape(line)}</p>\n" for line in result_sentences(result, tongue))
    heads = "".join(f'<th scope="col">{head}</th>' for head in texts["heads"].split("|"))
    rows = "\n".join(_row(result, story, tongue) for story in stories)
    told = "\n".join(
        f'<h4 id="{tongue}-{number_}">{escape(f"{story.project} {story.name}".strip())}</h4>\n'
        + "".join(f"<p>{escape(line)}</p>\n" for line in project_sentences(result, story, tongue))
        for number_, story in enumerate(stories)
    )
    return (
        f'<article id="{tongue}" lang="{tongue}" aria-label="{escape(title)}">\n'
        f"<h2>{texts['title']}</h2>\n{said}{_notices(result, tongue)}"
        f'<div class="wide" tabindex="0" role="region" aria-label="{texts["table"]}">\n'
        f"<table>\n<caption>{texts['table']}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n<h3>{texts['why']}</h3>\n{told}</article>"
    )


def _notices(result: FundingResult, tongue: str) -> str:
    if not result.election.notices:
        return ""
    items = "".join(f'<li lang="en">{escape(line)}</li>' for line in result.election.notices)
    return f"<h3>{TEXTS[tongue]['notices']}</h3>\n<ul>{items}</ul>\n"


def _row(result: FundingResult, story: ProjectStory, tongue: str) -> str:
    currency = result.election.currency
    texts = TEXTS[tongue]
    missing = money(story.missing, tongue, currency) if story.missing else ""
    figures = (
        money(story.cost, tongue, currency),
        number(story.votes, tongue, 2),
        texts["no"] if story.how == "lost" else texts["yes"],
        missing,
        percent(story.effectiveness, tongue),
    )
    cells = "".join(f'<td class="figure">{escape(figure)}</td>' for figure in figures)
    return f'<tr><th scope="row">{escape(f"{story.project} {story.name}".strip())}</th>{cells}</tr>'
