import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.budgeting.election import Project, Vote, hold
from hakapa.algorithms.budgeting.explaining import Accounts, Spending, voter_account
from hakapa.algorithms.budgeting.pabulib import parse_pb
from hakapa.algorithms.budgeting.page import result_page
from hakapa.algorithms.budgeting.result import RULES, Terms, fund
from hakapa.algorithms.budgeting.sentences import (
    project_sentences,
    result_sentences,
    voter_sentences,
)
from hakapa.algorithms.budgeting.tests.elections import approve, drawn, elections, utilities
from hakapa.algorithms.budgeting.tests.test_pabulib import GOOD
from hakapa.algorithms.budgeting.wording import listed, money, number, percent

# everyone has 20; a takes 15 of each of four, b then lacks 20 - 5 - 5, c lacks 22 - 20
TOWN = approve(100, {"a": 60, "b": 20, "c": 22, "d": 5}, "ab", "ab", "a", "a", "c")


def stories(result):
    accounts = Accounts(result)
    return {
        project.id: accounts.story(number, instead=True)
        for number, project in enumerate(result.election.projects)
    }


def test_a_loser_tells_how_much_its_supporters_lacked_and_where_their_money_went():
    told = stories(fund(TOWN))
    assert told["a"].how == "count"
    assert told["a"].highest_payment == 15
    assert told["a"].effective_votes == 4
    assert told["a"].effectiveness == 1
    assert told["b"].reason == "missing"
    assert (told["b"].money_left, told["b"].missing) == (10, 10)
    assert told["b"].effectiveness == Fraction(1, 2)
    assert told["b"].instead == (Spending("a", 30.0, 2),)
    assert told["b"].supporters_without_money == 0
    assert (told["c"].missing, told["c"].instead) == (2, ())
    assert told["d"].reason == "unsupported"


def test_supporters_who_ran_out_are_counted():
    told = stories(fund(approve(20, {"a": 10, "b": 5}, "ab", "", "b", "")))
    assert told["b"].supporters == 2
    assert told["b"].how == "count"
    told = stories(fund(approve(20, {"a": 10, "b": 6}, "ab", "ab", "b", "")))
    assert told["a"].how == "lost" or told["b"].how == "count"


def test_a_voter_sees_what_the_money_paid_for():
    account = voter_account(fund(TOWN), 0)
    assert account.voter == "v1"
    assert account.paid == (("a", Fraction(15)),)
    assert account.endowment == 20
    assert account.left == 5
    assert account.winners_supported == 1


def test_a_weighty_voter_has_and_pays_as_much_as_the_weight_says():
    election = approve(90, {"a": 45, "b": 50}, "a", "b", weights=[1, Fraction(1, 2)])
    result = fund(election)
    account = voter_account(result, 0)
    assert account.endowment == 60
    assert account.paid == (("a", Fraction(45)),)
    assert voter_account(result, 1).endowment == 30
    assert result.exclusion_ratio == Fraction(1, 3)
    assert stories(result)["a"].highest_payment == 45


def test_points_decide_who_pays_more():
    projects = [Project("a", Fraction(9))]
    votes = [Vote("v", ("a",), (Fraction(2),)), Vote("w", ("a",), (Fraction(1),))]
    result = fund(hold(18, projects, votes, vote_type="cumulative"), Terms(utility="score"))
    assert [voter_account(result, v).paid[0][1] for v in (0, 1)] == [6, 3]
    assert stories(result)["a"].highest_payment == 6


SAID = {
    "count": ("at most 15", "betalade högst 15"),
    "lost": ("20 was missing", "20 saknades"),
}


def test_sentences_hold_the_figures_in_both_languages():
    result = fund(TOWN)
    b = stories(result)["b"]
    assert project_sentences(result, b, "en") == [
        "b Project b costs 20, had 2 votes and is not funded.",
        "Those who chose it had 10 left together; 10 was missing. 0 of 2 had no money left.",
        "Most of their money went to a (30).",
    ]
    assert project_sentences(result, b, "sv") == [
        "b Project b kostar 20, hade 2 röster och får inga pengar.",
        (
            "De som röstade på det hade 10 kvar tillsammans; 10 saknades. "
            "0 av 2 hade inga pengar kvar."
        ),
        "Mest av sina pengar lade de på a (30).",
    ]
    assert voter_sentences(result, voter_account(result, 0), "en") == [
        "Voter v1 had 20.",
        "It paid for a (15); 5 was left.",
        "1 of the funded projects had this voter's vote.",
    ]
    assert voter_sentences(result, voter_account(result, 4), "sv")[1] == "Inget av det användes."
    assert voter_sentences(result, voter_account(result, 4), "en")[1] == "None of it was used."
    assert voter_sentences(result, voter_account(result, 1), "sv") == [
        "Väljare v2 hade 20.",
        "Det betalade för a (15); 5 blev kvar.",
        "1 av projekten som får pengar hade väljarens röst.",
    ]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_way_to_win_or_lose_has_its_sentence(language):
    costs = {"a": 50, "b": 60, "c": 20, "f": 0, "n": 5, "s": 35, "t": 28}
    election = approve(100, costs, "acft", "ac", "a", "b", "bs")
    results = [
        fund(election, Terms(completion="add1")),
        fund(election, Terms(completion="add1u")),
        fund(election, Terms(rule="greedy-votes")),
    ]
    told = {
        (story.how, story.reason): project_sentences(result, story, language)
        for result in results
        for story in stories(result).values()
    }
    ways = {("count", ""), ("free", ""), ("added", ""), ("greedy", ""), ("lost", "unsupported")}
    assert set(told) == ways | {("lost", why) for why in ("missing", "budget", "raise")}
    seconds = [" ".join(lines[1:]) for lines in told.values()]
    assert len(set(seconds)) == len(seconds)


def test_a_result_tells_its_course():
    costs = {"a": 50, "b": 60, "c": 20, "d": 28}
    election = approve(100, costs, "acd", "ac", "a", "b", "b")
    lines = " ".join(result_sentences(fund(election, Terms(completion="add1u")), "en"))
    assert "3 of 4 projects are funded. They cost 98 of 100 (98%)." in lines
    assert "The amount per voter was raised 9 times by 1" in lines
    assert "One more raise would have cost" in lines
    assert "With what was left were added, most utility per cost first: d." in lines
    swedish = " ".join(result_sentences(fund(election, Terms(completion="add1u")), "sv"))
    assert "höjdes 9 gånger" in swedish
    assert "lades till" in swedish
    tied = fund(approve(10, {"b": 6, "a": 6}, "ab", "ab"))
    assert "b and a were exactly tied" in " ".join(result_sentences(tied, "en"))
    assert "b och a låg exakt lika" in " ".join(result_sentences(tied, "sv"))


def test_numbers_read_as_the_language_writes_them():
    assert number(Fraction(1234567), "sv") == "1\u00a0234\u00a0567"
    assert number(Fraction(2469, 2), "en", 2) == "1,234.50"
    assert number(Fraction(2469, 2), "sv", 2) == "1\u00a0234,50"
    assert number(100, "en", 1) == "100"
    assert money(Fraction(1, 1000), "sv", "SEK") == "mindre än 0,01\u00a0SEK"
    assert money(Fraction(1, 1000), "en", "") == "less than 0.01"
    assert money(Fraction(0), "en", "SEK") == "0\u00a0SEK"
    assert percent(Fraction(1, 3), "sv") == "33,3\u00a0%"
    assert listed(["a", "b", "c"], "en") == "a, b and c"
    assert listed(["a"], "sv") == "a"
    assert listed([], "sv") == ""


class Page(HTMLParser):
    """Collects what a page is made of, and whether its tags close."""

    void = ("meta", "link", "br", "li")

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.ids, self.links, self.text = [], [], [], [], []

    def handle_starttag(self, tag, attrs):  # type: ignore[explicit-override]
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name == "href"]
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):  # type: ignore[explicit-override]
        if tag not in self.void:
            assert self.open.pop() == tag

    def handle_data(self, data):  # type: ignore[explicit-override]
        self.text.append(data)


def read_page(html):
    page = Page()
    page.feed(html)
    assert page.open == []
    return page


def test_the_page_stands_alone_and_is_readable_by_all():
    result = fund(parse_pb(GOOD.replace("a;1,2", "a;1,2,1").replace("Path", "<b>Path & wall</b>")))
    html = result_page(result)
    page = read_page(html)
    names = [tag for tag, _ in page.tags]
    assert not {"script", "img", "link", "b"} & set(names)
    assert not [attrs for _, attrs in page.tags if "style" in attrs or "onclick" in attrs]
    assert page.tags[0] == ("html", {"lang": "sv"})
    assert names.count("h1") == names.count("main") == names.count("title") == 1
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert "<b>" not in html
    assert "A small election" in " ".join(page.text)
    assert sum(attrs.get("scope") == "row" for _, attrs in page.tags) == 6
    assert "counted once" in html
    assert not re.search(r"https?://", html)


@drawn
@given(st.data())
def test_every_result_has_sentences_and_a_page(data):
    election = data.draw(elections())
    terms = Terms(
        rule=data.draw(st.sampled_from(RULES)),
        utility=data.draw(st.sampled_from(utilities(election))),
        completion=data.draw(st.sampled_from(["none", "add1u"])),
        step=Fraction(10**5),
    )
    page = read_page(result_page(fund(election, terms)))
    assert election.source in " ".join(page.text)
