"""The opinion map: drawn from the answers, kept, drawn again when they changed."""

import json

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hakapa.algorithms import opinion
from hakapa.labs import actions, cards, maps, queries, tasks
from hakapa.labs.models import Kind, OpinionMap, Participant, Vote
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory
from hakapa.labs.tests.rooms import answer, fill, over
from hakapa.live.models import Announcement

pytestmark = pytest.mark.django_db


def waiting():
    """The labs whose maps wait to be drawn."""
    rows = DBTaskResult.objects.filter(task_path="hakapa.labs.tasks.draw_map")
    return [row.args_kwargs["args"][0] for row in rows.order_by("enqueued_at")]


def test_the_map_is_drawn_when_the_lab_closes(running, leader):
    statements = fill(running)

    closed = actions.close(running, by=leader, why="Tiden är slut")
    assert waiting() == [closed.pk]
    tasks.draw_map.call(closed.pk)

    kept = OpinionMap.objects.get(lab=closed)
    assert (kept.people, kept.votes) == (24, Vote.objects.count())
    assert kept.latest_vote_at == Vote.objects.latest("at").at
    assert [group["size"] for group in kept.shown["groups"]] == [16, 8]
    assert {one["id"] for one in kept.shown["statements"]} == {s.pk for s in statements}
    assert kept.told["sv"]["drawing"].startswith("<svg")
    assert any("Kartan visar" in one for one in kept.told["sv"]["sentences"])
    assert any("The map shows" in one for one in kept.told["en"]["sentences"])
    assert not any("härnäst" in one for one in kept.told["sv"]["sentences"])


def test_perspectives_are_told_in_the_readers_language(running, leader):
    fill(running, people=40)
    closed = over(running, leader)

    told = OpinionMap.objects.get(lab=closed).told
    assert {"kommun", "akademi"} <= set(told["sv"]["table"][0])
    assert {"municipality", "academia"} <= set(told["en"]["table"][0])


def test_a_map_nobody_asked_for_any_more_is_no_error():
    tasks.draw_map.call(404)

    assert not OpinionMap.objects.exists()


def test_too_few_people_give_no_map(running, leader):
    statement = ContributionFactory.create(lab=running)
    answer(running, ParticipantFactory.create_batch(4, lab=running), [statement], lambda *_: 1)
    closed = over(running, leader)

    assert OpinionMap.objects.get(lab=closed).people == 0
    assert queries.shown_map(closed, leader) is None


def test_a_room_that_only_passes_is_a_map_too(running, leader):
    statements = ContributionFactory.create_batch(2, lab=running)
    answer(running, ParticipantFactory.create_batch(6, lab=running), statements, lambda *_: 0)
    closed = over(running, leader)

    assert OpinionMap.objects.get(lab=closed).people == 6


def test_a_map_is_computed_again_from_its_export(running, leader):
    fill(running)
    closed = over(running, leader)
    kept = OpinionMap.objects.get(lab=closed)

    read = json.loads(json.dumps({**kept.shown, "inputs": kept.inputs}))
    again = opinion.public_document(opinion.recompute(read))
    assert again == {key: kept.shown[key] for key in again}
    assert "sectors" in kept.shown  # told in sums
    assert kept.inputs["sectors"] is None  # never beside the answers


def test_groups_keep_their_letters_when_people_change_sides(running, leader):
    fill(running)
    first = actions.map_opinions(running)
    seat = Participant.objects.filter(lab=running).order_by("pk")[1]
    seat.votes.update(value=-1)
    again = actions.map_opinions(running)

    assert sorted(again.trail["groups"]) != sorted(first.trail["groups"])
    number = maps.pseudonyms(running)[Participant.objects.filter(lab=running).first().pk]
    letters = [
        dict(zip(kept.trail["people"], kept.trail["groups"], strict=True))[number]
        for kept in (first, again)
    ]
    assert letters[0] == letters[1]


def test_numbers_point_at_nobody_and_never_meet(running, monkeypatch):
    ParticipantFactory.create_batch(30, lab=running)
    numbers = maps.pseudonyms(running)
    assert numbers == maps.pseudonyms(running)
    assert list(numbers.values()) != sorted(numbers.values())

    monkeypatch.setattr(maps, "LARGEST", 40)
    assert len(set(maps.pseudonyms(running).values())) == 30


def test_while_a_lab_runs_its_map_is_drawn_when_answers_changed(running):
    assert tasks.refresh_maps(timezone.now()) == 0
    fill(running)
    assert (tasks.refresh_maps(timezone.now()), waiting()) == (1, [running.pk])

    tasks.draw_map.call(running.pk)
    assert tasks.refresh_maps(timezone.now()) == 0
    Vote.objects.first().delete()
    assert tasks.refresh_maps(timezone.now()) == 1


def test_a_closed_lab_without_a_map_gets_one(closed):
    OpinionMap.objects.all().delete()
    assert tasks.refresh_maps(timezone.now()) == 1
    tasks.draw_map.call(closed.pk)
    assert tasks.refresh_maps(timezone.now()) == 0


def test_the_screens_are_told_while_the_lab_runs_and_not_after(running, leader):
    fill(running)
    before = Announcement.objects.count()
    actions.map_opinions(running)
    assert Announcement.objects.count() == before + 1

    closed = actions.close(running, by=leader, why="Tiden är slut")
    before = Announcement.objects.count()
    tasks.draw_map.call(closed.pk)
    assert Announcement.objects.count() == before


def test_what_is_hidden_leaves_the_map_at_once(running, leader):
    statements = fill(running)
    closed = over(running, leader)
    actions.hide(statements[0], by=leader, why="Pekar ut någon")

    assert queries.shown_map(closed, leader) is None
    assert waiting() == [closed.pk, closed.pk]
    tasks.draw_map.call(closed.pk)
    kept = OpinionMap.objects.get(lab=closed)
    assert statements[0].text not in json.dumps([kept.shown, kept.told, kept.inputs])


def test_hiding_in_a_lab_without_a_map_draws_none(running, leader):
    actions.hide(ContributionFactory.create(lab=running), by=leader, why="Namn")

    assert waiting() == []


def test_a_card_typed_in_afterwards_draws_the_map_anew_and_takes_nothing_away(running, leader):
    fill(running)
    closed = over(running, leader)
    before = queries.shown_map(closed, leader)
    words = actions.Words("Sanda mer", Kind.PROPOSAL)
    actions.type_in(closed, words, card=cards.code_of(closed.pk, 1), by=leader)

    assert queries.shown_map(closed, leader) == before
    assert waiting() == [closed.pk, closed.pk]
    tasks.draw_map.call(closed.pk)
    assert queries.shown_map(closed, leader).sentences == before.sentences
