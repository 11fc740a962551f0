import lzma
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hakapa.accounts.tests.factories import OrganisationFactory
from hakapa.labs import actions, polis, queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Lab, Participant, Vote
from hakapa.labs.tests.factories import LabFactory

REAL = Path(__file__).parents[5] / "shared" / "algorithms" / "polis" / "openData"
COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1403054214000,x,0,7,2,0,1,"Sanda, där de äldre går"
1403054215000,x,1,8,0,1,-1,Byt ut alla chefer
1403054216000,x,2,7,0,0,0,Mät fallen
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1403054220000,x,0,7,1
1403054230000,x,0,8,-1
1403054225000,x,0,8,1
1403054226000,x,1,7,0
"""
MATRIX = """participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2
7,hemlig,0,2,2,1,0,1,0,
8,hemlig,0,1,1,0,1,-1,,
9,hemlig,0,0,0,0,0,,,
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    (tmp_path / "votes.csv").write_text(VOTES, encoding="utf-8")
    return tmp_path


def write(folder, file, text):
    (folder / file).write_text(text, encoding="utf-8")


def run(folder, host="Umeå", **options):
    said, progress = StringIO(), StringIO()
    call_command("import_polis", str(folder), host=host, stdout=said, stderr=progress, **options)
    return said.getvalue(), progress.getvalue()


def answers(lab):
    return [(s.text, s.agree, s.disagree, s.passed) for s in queries.statements(lab)]


def test_a_conversation_becomes_a_closed_lab(folder, host):
    write(folder, "summary.csv", "topic,Halkan\nurl,https://pol.is/x\nlonely\n")

    said, progress = run(folder)

    lab = Lab.objects.get()
    assert (lab.state, lab.title, lab.host, lab.place) == (
        State.CLOSED, "Halkan", host, "https://pol.is/x",
    )  # fmt: skip
    assert answers(lab) == [("Sanda, där de äldre går", 1, 1, 0), ("Mät fallen", 0, 0, 0)]
    assert "3 statements, 2 participants, 3 votes" in progress
    assert lab.get_absolute_url() in said
    assert lab.format is None


def test_a_comment_moderated_away_is_hidden_with_the_reason_and_keeps_its_votes(folder, host):
    run(folder)

    hidden = Contribution.objects.get(hidden_at__isnull=False)
    assert (hidden.text, hidden.votes.count()) == ("Byt ut alla chefer", 1)
    assert "Polis" in hidden.hidden_why


def test_the_same_conversation_is_one_lab_however_its_files_are_packed(folder, host, tmp_path):
    run(folder)
    again = tmp_path / "again"
    again.mkdir()
    for file, text in (("comments.csv", COMMENTS), ("votes.csv", VOTES)):
        packed = lzma.compress(("\ufeff" + text.replace("\n", "\r\n")).encode())
        (again / f"{file}.xz").write_bytes(packed)

    _, progress = run(again)
    assert "already here; nothing was imported" in progress
    assert (Lab.objects.count(), Vote.objects.count()) == (1, 3)


def test_the_last_answers_alone_are_enough(folder, host):
    (folder / "votes.csv").unlink()
    write(folder, "participants-votes.csv", MATRIX)

    run(folder, title="Rubrik", language="en")

    lab = Lab.objects.get(title="Rubrik", language="en")
    assert answers(lab)[0] == ("Sanda, där de äldre går", 1, 1, 0)
    assert Participant.objects.count() == 3
    assert {vote.at for vote in Vote.objects.all()} == {
        Contribution.objects.latest("created").created
    }


def test_nothing_that_points_out_a_participant_is_kept(folder, host):
    write(folder, "participants-votes.csv", MATRIX)
    run(folder)

    assert not any("hemlig" in str(vars(p)) for p in Participant.objects.all())


def test_when_the_two_files_differ_the_answers_with_a_time_count(folder, host):
    write(folder, "participants-votes.csv", MATRIX.replace("-1,,", "1,,1"))

    _, progress = run(folder)

    assert "differ in 2 answers" in progress
    assert answers(Lab.objects.get())[0] == ("Sanda, där de äldre går", 1, 1, 0)


def test_progress_is_told_while_votes_are_written(folder, host, monkeypatch):
    monkeypatch.setattr("hakapa.labs.actions.importing._AT_A_TIME", 2)

    assert "2 votes written" in run(folder)[1]


def test_the_host_is_named_by_name_or_code(folder, host):
    run(folder, host="2480")
    with pytest.raises(CommandError, match=r"No organisation 'Ankeborg'. There are: Umeå \(2480\)"):
        run(folder, host="Ankeborg")


def test_without_organisations_the_error_says_so(folder, db):
    with pytest.raises(CommandError, match="There are: none yet"):
        run(folder, host="Ankeborg")


def test_only_a_sole_organisation_need_not_be_named(folder, host):
    run(folder, host="")
    OrganisationFactory.create(name="Ankeborg")
    with pytest.raises(CommandError, match=r"Say whose it is with --host\. There are: Ankeborg, "):
        run(folder, host="")
    assert Lab.objects.get().host == host


def test_a_title_that_is_too_long_imports_nothing(folder, host):
    with pytest.raises(CommandError, match=r"Nothing was imported\."):
        run(folder, title="x" * 141)
    assert not Lab.objects.exists()


def test_all_or_nothing_when_the_database_says_no(folder, host, monkeypatch):
    def broken(*_args):
        raise OSError

    monkeypatch.setattr("hakapa.labs.actions.importing._copy_votes", broken)
    with pytest.raises(OSError):  # noqa: PT011  (our own, from above)
        run(folder)

    assert not Lab.objects.exists()
    assert not Contribution.objects.exists()


BROKEN = [
    ("comments.csv", "", "comments.csv: is empty"),
    ("comments.csv", COMMENTS.splitlines()[0], "comments.csv: has no comments"),
    ("comments.csv", COMMENTS.replace("comment-body", "x"), "line 1: has no column “comment-body”"),
    ("comments.csv", COMMENTS.replace(",2,7,", ",1,7,"), "line 4: comment 1 stands twice"),
    ("comments.csv", COMMENTS.replace("Mät fallen", " "), "line 4: the comment has 0 characters"),
    ("comments.csv", COMMENTS.replace("Mät fallen", "x" * 1001), "line 4: the comment has 1001"),
    ("comments.csv", COMMENTS.replace("1403054216000", "igår"), "line 4: 'igår' is no time"),
    ("comments.csv", COMMENTS.replace("1403054216000", "9" * 30), "line 4: '999"),
    ("comments.csv", COMMENTS.replace(",Mät", ",x,Mät"), "line 4: has 9 columns where"),
    ("comments.csv", COMMENTS.replace("Mät fallen", '"Mät" fallen'), "line 4: ',' expected"),
    ("votes.csv", "", "votes.csv: is empty"),
    ("votes.csv", VOTES.splitlines()[0], "votes.csv: has no answers"),
    ("votes.csv", VOTES + "1403054226000,x,9,7,0\n", "line 6: no comment '9' in comments.csv"),
    ("votes.csv", VOTES + "\n1403054226000,x,0,7,2\n", "line 7: '2' is no answer: 1, 0 or -1"),
    ("votes.csv", VOTES + "1403054200000,x,0,7,ja\n", "line 6: 'ja' is no answer"),
    ("participants-votes.csv", MATRIX.replace("participant,", "x,"), "no column “participant”"),
    ("participants-votes.csv", MATRIX.replace(",0,1,2\n", ",0,1,4\n"), "line 1: no comment '4'"),
    (
        "participants-votes.csv",
        MATRIX.replace("\n8,", "\n7,"),
        "line 3: participant 7 stands twice",
    ),
    ("participants-votes.csv", MATRIX.replace("-1,,", "-1,?,"), "line 3: '?' is no answer"),
    ("participants-votes.csv", "", "participants-votes.csv: is empty"),
]


@pytest.mark.parametrize(("file", "text", "reason"), BROKEN, ids=[reason for *_, reason in BROKEN])
def test_a_broken_line_is_named_and_nothing_is_imported(folder, host, file, text, reason):
    write(folder, file, text)

    with pytest.raises(CommandError) as refusal:
        run(folder)

    assert str(refusal.value).startswith(file)
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not Lab.objects.exists()


def test_a_broken_packing_is_named(folder, host):
    (folder / "votes.csv").unlink()
    (folder / "votes.csv.xz").write_bytes(b"not packed")

    with pytest.raises(CommandError, match=r"votes\.csv: cannot be unpacked"):
        run(folder)


def test_text_that_is_not_utf_8_is_named_with_its_line(folder, host):
    (folder / "votes.csv").write_bytes(VOTES.encode() + "1,å,0,7,1\n".encode("latin-1"))

    with pytest.raises(CommandError, match=r"votes\.csv, line 6: is not UTF-8 text"):
        run(folder)


@pytest.mark.parametrize("file", ["comments.csv", "votes.csv"])
def test_a_missing_file_is_named(folder, host, file):
    (folder / file).unlink()

    with pytest.raises(CommandError, match=f"{file}: not found in"):
        run(folder)


def test_without_a_topic_the_lab_has_a_plain_name(folder, host):
    run(folder)

    assert Lab.objects.get().title


def test_an_import_adds_nothing_to_other_labs(folder, host):
    other = LabFactory.create()
    run(folder)

    assert queries.size(other).votes == 0


@pytest.mark.skipif(not REAL.exists(), reason="the real conversations are not beside the project")
@pytest.mark.parametrize("name", ["15-per-hour-seattle", "brexit-consensus", "vtaiwan.uberx"])
def test_a_real_conversation_keeps_every_last_answer(host, name):
    conversation = polis.read(REAL / name)

    lab = actions.import_conversation(conversation, host=host, language="en").lab

    assert conversation.differing == 0
    assert lab.participants.count() == len(conversation.participants)
    kept = Vote.objects.filter(participant__lab=lab).values_list("value", flat=True)
    assert sorted(kept) == sorted(answer.value for answer in conversation.answers.values())
