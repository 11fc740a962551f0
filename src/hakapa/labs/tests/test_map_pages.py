"""Who sees the opinion map, and what pages and files show of it."""

import json

import pytest

from hakapa.algorithms import cli
from hakapa.kernel.tests.pages import address, headings_of, main_of, words_of
from hakapa.labs import actions, queries
from hakapa.labs.models import Lab
from hakapa.labs.tests.rooms import TEXTS, fill, over

pytestmark = pytest.mark.django_db


def file_of(lab, form):
    return address("labs:map", lab.pk, form)


@pytest.fixture
def mapped(running):
    fill(running, people=40)
    actions.map_opinions(running)
    return running


def test_while_the_lab_runs_only_its_leaders_see_the_map(client, mapped, leader, outsider):
    page = mapped.get_absolute_url()
    for somebody in (None, outsider):
        if somebody:
            client.force_login(somebody)
        assert client.get(file_of(mapped, "svg")).status_code == 404
        assert 'id="map"' not in client.get(page).text
    assert queries.map_on_screens(mapped) is None

    client.force_login(leader)
    assert client.get(file_of(mapped, "svg")).status_code == 200
    assert 'id="map"' in client.get(page).text
    assert client.get(file_of(mapped, "json")).status_code == 404  # not before everybody's


def test_when_the_results_are_shown_everybody_sees_it(client, mapped):
    Lab.objects.filter(pk=mapped.pk).update(are_results_shown=True)
    mapped.refresh_from_db()

    answer = client.get(file_of(mapped, "svg"))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert queries.map_on_screens(mapped).people == 40


def test_the_map_is_on_the_wall_when_the_results_are_shown(client, mapped):
    wall = address("labs:projector", mapped.pk)
    assert "map-legend--wall" not in client.get(wall).text

    Lab.objects.filter(pk=mapped.pk).update(are_results_shown=True)

    assert "map-legend--wall" in client.get(wall).text


def test_the_map_of_a_lab_nobody_may_see_is_not_there(client, mapped):
    Lab.objects.filter(pk=mapped.pk).update(state="planned", are_results_shown=True)

    assert client.get(file_of(mapped, "svg")).status_code == 404


@pytest.mark.parametrize("name", ["labs:detail", "labs:report"])
def test_the_map_is_on_the_labs_page_and_in_its_report(client, mapped, leader, name):
    closed = over(mapped, leader)
    page = client.get(address(name, closed.pk))
    words = main_of(page)

    assert "The opinion map" in headings_of(page)
    assert "Group A" in words
    assert "Where the groups meet" in words
    assert "Where the groups part" in words
    assert "Municipality" in words
    assert "How was this computed?" in words
    assert "min_votes" in words
    assert "40 people are on it" in words
    assert page.text.count('class="map-mark"') >= 4  # by shape in the legend and at the bars


def test_the_swedish_page_is_swedish(client, mapped, leader):
    closed = over(mapped, leader)
    page = client.get(f"/labb/{closed.pk}/rapport/")

    assert "Åsiktskartan" in words_of(page)
    assert "Här möts grupperna" in words_of(page)
    assert "Kommun" in words_of(page)


def test_a_statement_in_another_language_says_so(client, running, leader):
    fill(running, language="en")
    closed = over(running, leader)

    assert 'class="statement-text" lang="en"' in client.get(f"/labb/{closed.pk}/").text
    assert 'class="statement-text" lang="en"' not in client.get(f"/en/labb/{closed.pk}/").text


def test_a_large_map_shows_its_beginning_and_leads_to_the_file(client, mapped, leader):
    closed = over(mapped, leader)
    kept = closed.opinion_map
    kept.told["en"]["table"] += [["Mer", *[""] * 6]] * 101
    kept.save()

    assert "The first hundred statements" in main_of(client.get(address("labs:detail", closed.pk)))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_is_a_file(client, mapped, leader, form):
    answer = client.get(file_of(over(mapped, leader), form))

    assert answer.status_code == 200
    assert form == "xlsx" or TEXTS[0] in answer.text


def test_there_is_no_map_in_other_forms(client, mapped, leader):
    assert client.get(file_of(over(mapped, leader), "exe")).status_code == 404


def test_the_export_gives_the_same_map_without_the_site(client, mapped, leader, tmp_path, capsys):
    answer = client.get(file_of(over(mapped, leader), "json"))
    assert answer["Content-Disposition"].startswith("attachment")
    path, again = tmp_path / "map.json", tmp_path / "again.json"
    path.write_bytes(answer.content)

    assert cli.main(["map", str(path), "--recompute", "--json", str(again), "--public"]) == 0
    told = json.loads(again.read_text(encoding="utf-8"))
    assert told["groups"] == answer.json()["groups"]
    assert told["between_groups"] == answer.json()["between_groups"]


@pytest.mark.parametrize("name", ["labs:detail", "labs:report"])
def test_the_map_takes_three_queries(client, running, leader, name, django_assert_max_num_queries):
    """Whose map may be seen, the map, and the language of each statement."""
    fill(running)
    closed = over(running, leader)
    url = address(name, closed.pk)
    client.get(url)
    taken = []
    for people in (24, 0):
        closed.opinion_map.__class__.objects.update(people=people)
        with django_assert_max_num_queries(60) as queries_taken:
            client.get(url)
        taken.append(len(queries_taken))

    assert taken[0] - taken[1] == 1  # without a map its statements' language is not asked
