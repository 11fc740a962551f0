import re
from datetime import date

import pytest

from hakapa.accounts.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UnitFactory,
    UserFactory,
    member_of,
)
from hakapa.challenges import actions
from hakapa.challenges.models import Measurement
from hakapa.challenges.tests.factories import (
    ChallengeFactory,
    EffectGoalFactory,
    SharedNeedFactory,
    whole_challenge,
)
from hakapa.kernel.tests.pages import address, main_of

pytestmark = pytest.mark.django_db
LIST = address("challenges:index")


def page_of(challenge, language="en"):
    return address("challenges:detail", challenge.pk, language=language)


def titles_on(page):
    return [challenge.title for challenge in page.context["page_obj"]]


@pytest.mark.parametrize("count", [1, 3])
def test_a_challenges_page_takes_as_many_queries_however_much_it_shows(
    client, django_assert_num_queries, count
):
    challenge, alike = whole_challenge(), whole_challenge()
    for day in range(1, count):
        SharedNeedFactory.create(challenge=challenge)
        Measurement.objects.create(goal=challenge.goal, value=7, measured_on=date(2026, 5, day))
        challenge.units.add(UnitFactory.create(organisation=challenge.owner))
        actions.improve(challenge, by=member_of(alike.owner), words={"tried": str(day)})
        whole_challenge()
    client.get(page_of(challenge))

    with django_assert_num_queries(18):
        page = client.get(page_of(challenge))
    assert page.context["challenge"].having == 2 + count


def test_a_challenges_page_shows_all_of_it(client):
    challenge = whole_challenge(title="Halka", owner__name="Umeå")
    words = main_of(client.get(page_of(challenge)))

    for part in (
        "Halka", "Bättre ord", challenge.today, challenge.affected, "En gemensam mapp",
        "gatuchef, Umeå", "3 organisations have this challenge", "Hos oss med",
        "Cost per year that nothing changes 460,000 kr", "What holds it in place money",
        "Departments it touches Gata", "Umeå improved the wording",
    ):  # fmt: skip
        assert part in words


def test_the_goal_is_a_chart_and_the_same_values_in_a_table(client):
    challenge = whole_challenge()
    html = client.get(page_of(challenge)).content.decode()

    figure = re.search(r"<figure>(.*?)</figure>", html, re.DOTALL)[1]
    assert figure.count("<svg") == 1
    assert challenge.goal.measure in figure
    rows = re.findall(r"<tr><td>(.*?)</td><td class=\"number\">(.*?)</td>", html)
    assert [value for _, value in rows] == ["1", "2", "3", "8"]
    assert "målet" not in html


def test_a_challenge_with_little_to_show_says_what_is_missing(client, challenge):
    words = main_of(client.get(page_of(challenge)))

    assert "No effect goal yet" in words
    assert "1 organisation has this challenge" in words
    for absent in ("Which?", "What has been tried", "Cost per year", "Departments"):
        assert absent not in words


@pytest.mark.parametrize(
    ("who", "offers"),
    [
        ("nobody", set()),
        ("newcomer", set()),
        ("stranger", {"improve", "share"}),
        ("member", {"improve", "goal", "measure"}),
        ("officer", {"improve", "goal", "measure", "close"}),
    ],
)
def test_the_page_offers_what_the_visitor_may_do(client, request, challenge, who, offers):
    EffectGoalFactory.create(challenge=challenge)
    people = {"nobody": lambda: None, "newcomer": UserFactory.create}
    user = people.get(who, lambda: request.getfixturevalue(who))()
    if user:
        client.force_login(user)
    html = client.get(page_of(challenge)).content.decode()

    names = ("improve", "share", "goal", "measure", "close", "publish", "reopen")
    shown = {n for n in names if f'"{address(f"challenges:{n}", challenge.pk)}"' in html}
    assert shown == offers
    assert (f"{address('account_login')}?next=" in html) == (who == "nobody")


def test_a_draft_offers_its_people_to_open_it(client, draft):
    client.force_login(member_of(draft.owner))
    page = client.get(page_of(draft))

    assert "A draft in our workspace" in main_of(page)
    assert address("challenges:publish", draft.pk) in page.content.decode()


def test_a_closed_challenge_is_opened_again_by_who_speaks_for_its_owner(client, closed):
    officer = MembershipFactory.create(organisation=closed.owner, role="officer").user
    client.force_login(officer)
    html = client.get(page_of(closed)).content.decode()

    assert address("challenges:reopen", closed.pk) in html
    assert address("challenges:goal", closed.pk) not in html
    assert address("challenges:share", closed.pk) not in html


def test_a_strangers_draft_is_not_found(client, draft):
    for user in (None, UserFactory.create(), member_of(OrganisationFactory.create())):
        if user:
            client.force_login(user)
        for name in ("detail", "wordings"):
            assert client.get(address(f"challenges:{name}", draft.pk)).status_code == 404


def test_what_is_not_there_is_not_found(client):
    assert client.get(address("challenges:detail", 0)).status_code == 404
    assert client.get(f"{LIST}{10**30}/").status_code == 404


def test_words_in_another_language_are_marked(client, challenge):
    english = client.get(page_of(challenge)).content.decode()
    assert f'<h1 lang="sv">{challenge.title}</h1>' in english
    assert f'<p class="lead" lang="sv">{challenge.wish}</p>' in english
    assert f'<div lang="sv"><p>{challenge.today}</p></div>' in english
    swedish = client.get(page_of(challenge, "sv")).content.decode().partition("<main")[2]
    assert 'lang="' not in swedish


def test_what_people_write_is_no_markup(client):
    evil = "<script>alert(1)</script>"
    challenge = ChallengeFactory.create(title=evil, today=evil, wish=evil, affected=evil)
    SharedNeedFactory.create(challenge=challenge, note=evil)
    EffectGoalFactory.create(challenge=challenge, measure=evil, unit=evil)

    for page in (page_of(challenge), LIST, address("challenges:wordings", challenge.pk)):
        assert evil not in client.get(page).content.decode()
