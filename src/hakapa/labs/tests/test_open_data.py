"""The zip of open data: what is in it, and that it can be read again."""

import csv
import io
import json
import zipfile

import pytest
from django.core.management import call_command

from hakapa.algorithms import cli
from hakapa.kernel.tests.pages import address
from hakapa.labs import actions, cards, queries
from hakapa.labs.documents import open_data
from hakapa.labs.models import Contribution, Kind, Lab, Participant, Vote
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory
from hakapa.labs.tests.rooms import TEXTS, answer, fill, over

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(running, leader):
    fill(running, people=40)
    return over(running, leader)


@pytest.fixture
def folder(told, tmp_path):
    return unpacked(told, tmp_path)


def unpacked(lab, path):
    packed = open_data.packed(lab, site="https://hakapa.example")
    with packed, zipfile.ZipFile(packed) as archive:
        archive.extractall(path)
    return path


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_the_zip_is_downloaded_by_everybody(client, told):
    answer = client.get(address("labs:open_data", told.pk))

    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert packed.testzip() is None
    assert {"README.md", "LICENSE.txt", "map.json", "polis/votes.csv"} <= set(packed.namelist())
    assert f"open-data-halkan-och-planboken-{told.pk}.zip" in answer["Content-Disposition"]


def test_the_readme_says_the_licence_in_both_languages(folder):
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "Licensen är CC0 1.0" in readme
    assert "The licence is CC0 1.0" in readme
    assert "open code" in readme
    assert "CC0-1.0" in (folder / "LICENSE.txt").read_text(encoding="utf-8")
    card = json.loads((folder / "metagov" / "datacard.json").read_text(encoding="utf-8"))
    assert card["licence"] == "CC0-1.0"


def test_everything_named_in_the_readme_is_there(folder):
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    named = {
        "statements.csv", "contributions.csv", "participants-by-perspective.csv",
        "perspectives.csv", "dots.csv", "ratings.csv", "map.json", "map.sv.svg", "map.en.svg",
    }  # fmt: skip
    assert named <= found
    assert len(rows(folder / "statements.csv")) == len(TEXTS)
    assert {row["text"] for row in rows(folder / "contributions.csv")} == set(TEXTS)
    assert rows(folder / "perspectives.csv")


def test_the_polis_files_become_the_same_lab_again(folder, told, host):
    call_command("import_polis", str(folder / "polis"), host=host.name, verbosity=0)

    again = Lab.objects.get(imported_from__isnull=False)
    assert again.title == told.title
    assert counts(again) == counts(told)
    assert again.participants.count() == told.participants.count()


def counts(lab):
    return sorted((s.text, s.agree, s.disagree, s.passed) for s in queries.statements(lab))


def test_the_polis_files_give_the_same_map_by_command(folder, capsys):
    kept = json.loads((folder / "map.json").read_text(encoding="utf-8"))
    comments = ["--comments", str(folder / "polis" / "comments.csv")]
    for name in ("votes.csv", "participants-votes.csv"):
        path = str(folder / "polis" / name)
        assert cli.main(["map", path, *comments, "--json", "-", "--public"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [group["size"] for group in told["groups"]] == [g["size"] for g in kept["groups"]]


def test_nothing_tells_who_somebody_is_or_when_they_answered(folder, told):
    everything = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()
    )
    assert not any(seat.token in everything for seat in told.participants.all())
    assert "municipality" not in (folder / "metagov" / "participants.csv").read_text()
    (at,) = {row["timestamp"] for row in rows(folder / "polis" / "votes.csv")}
    assert int(at) == int(told.starts_at.timestamp()) * 1000
    assert {row["author-id"] for row in rows(folder / "polis" / "comments.csv")} == {""}
    order = [row["participant"] for row in rows(folder / "metagov" / "participants.csv")]
    assert set(order).isdisjoint({str(seat.pk) for seat in told.participants.all()})


def test_a_formula_is_harmless_in_every_table_and_itself_again_when_read(
    running, leader, host, tmp_path
):
    evil = ContributionFactory.create(lab=running, text="=SUM(A1)")
    kept = ContributionFactory.create(lab=running, text="'citat'")
    seats = ParticipantFactory.create_batch(5, lab=running)
    answer(running, seats, [evil, kept], lambda *_: 1)
    Lab.objects.filter(pk=running.pk).update(title="+1 till allt")
    folder = unpacked(
        actions.close(Lab.objects.get(pk=running.pk), by=leader, why="Tiden är slut"), tmp_path
    )

    for path in folder.rglob("*.csv"):
        table = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        cells = [cell for row in table for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))], path.name
    call_command("import_polis", str(folder / "polis"), host=host.name, verbosity=0)
    again = Lab.objects.get(imported_from__isnull=False)
    assert again.title == "+1 till allt"
    texts = set(Contribution.objects.filter(lab=again).values_list("text", flat=True))
    assert texts == {"=SUM(A1)", "'citat'"}


def test_what_too_few_answered_keeps_its_words_and_loses_its_answers(running, leader, tmp_path):
    many, few = ContributionFactory.create_batch(2, lab=running)
    seats = ParticipantFactory.create_batch(6, lab=running)
    answer(running, seats, [many], lambda *_: 1)
    answer(running, seats[:4], [few], lambda *_: -1)
    folder = unpacked(over(running, leader), tmp_path)

    assert {row["comment-id"] for row in rows(folder / "polis" / "comments.csv")} == {
        str(many.pk), str(few.pk),
    }  # fmt: skip
    assert {row["comment-id"] for row in rows(folder / "polis" / "votes.csv")} == {str(many.pk)}
    assert [row["agree"] for row in rows(folder / "statements.csv")] == ["6", ""]
    assert few.text not in (folder / "map.json").read_text(encoding="utf-8")


def test_groups_too_small_to_be_told_stand_nowhere(running, leader, tmp_path):
    statements = ContributionFactory.create_batch(3, lab=running)
    seats = ParticipantFactory.create_batch(8, lab=running)
    answer(running, seats, statements, lambda number, _: 1 if number < 4 else -1)
    folder = unpacked(over(running, leader), tmp_path)

    people = rows(folder / "metagov" / "participants.csv")
    assert {row["group"] for row in people} == {""}
    assert {r["group-id"] for r in rows(folder / "polis" / "participants-votes.csv")} == {""}
    assert json.loads((folder / "map.json").read_text(encoding="utf-8"))["groups"] == []


def test_an_empty_room_has_open_data_too(running, leader, tmp_path):
    ContributionFactory.create(lab=running, text="Ingen svarade")
    folder = unpacked(over(running, leader), tmp_path)

    assert not (folder / "map.json").exists()
    assert [row["comment-body"] for row in rows(folder / "polis" / "comments.csv")] == [
        "Ingen svarade"
    ]
    assert (Participant.objects.count(), Vote.objects.count()) == (0, 0)


def test_what_was_typed_in_afterwards_is_marked(running, leader, tmp_path):
    ContributionFactory.create(lab=running, text="I tid")
    closed = actions.close(running, by=leader, why="Brandlarm")
    words = actions.Words("Efteråt", Kind.PROPOSAL)
    actions.type_in(closed, words, card=cards.code_of(closed.pk, 1), by=leader)
    folder = unpacked(closed, tmp_path)

    early, late = rows(folder / "statements.csv")
    assert [early[name] for name in ("text", "agree", "after_closing")] == ["I tid", "0", "no"]
    assert [late[name] for name in ("text", "agree", "after_closing")] == ["Efteråt", "", "yes"]
    assert {row["room"] for row in rows(folder / "contributions.csv")} == {""}
    told = {row["text"]: row["after_closing"] for row in rows(folder / "contributions.csv")}
    assert told == {"I tid": "no", "Efteråt": "yes"}
