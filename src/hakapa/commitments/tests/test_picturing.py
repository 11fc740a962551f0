"""Pictures in reports: who puts them there, who sees them, and when they are gone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from hakapa.commitments import actions
from hakapa.commitments.actions import Report, Shown
from hakapa.commitments.models import FollowUp, Outcome, Picture
from hakapa.kernel import pictures
from hakapa.kernel.pictures import made_anew
from hakapa.kernel.tests.pages import address
from hakapa.kernel.tests.pictures import picture as sent_picture
from hakapa.process.queries import history_of

pytestmark = pytest.mark.usefixtures("in_may")

WORDS = "Räcket längs gångvägen"
TOLD = {"outcome": "kept", "happened": "Räcket är på plats"}
SHOWN = {"description": WORDS}


@pytest.fixture
def told(promise, officer):
    return actions.report(promise, Report(Outcome.KEPT, "Klart"), by=officer)


@pytest.fixture
def shown(told, officer):
    return actions.add_picture(told, Shown(made_anew(sent_picture()), WORDS), by=officer)


def test_a_report_is_told_with_a_picture(client, promise, officer):
    client.force_login(officer)
    path = address("commitments:report", promise.pk)
    assert 'enctype="multipart/form-data"' in client.get(path).text

    client.post(path, {**TOLD, **SHOWN, "picture": sent_picture()})

    picture = Picture.objects.get()
    assert picture.report == FollowUp.objects.get()
    assert (picture.width, picture.height, picture.description) == (40, 30, WORDS)
    page = client.get(address("commitments:detail", promise.pk)).text
    assert f'src="{address("commitments:picture", picture.pk)}"' in page
    assert f'alt="{WORDS}"' in page


def test_a_report_without_a_picture_asks_for_no_words_about_one(client, promise, officer):
    client.force_login(officer)

    client.post(address("commitments:report", promise.pk), TOLD)

    assert FollowUp.objects.get().pictures.count() == 0


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"picture": True}, "id_description_error"),
        (SHOWN, "id_picture_error"),
        ({**SHOWN, "picture": True, "outcome": "going_on"}, "id_due_after_error"),
    ],
)
def test_half_a_picture_or_half_a_report_is_not_told_and_nothing_is_lost(
    client, promise, officer, sent, wrong
):
    client.force_login(officer)
    if "picture" in sent:
        sent = {**sent, "picture": sent_picture()}

    text = client.post(address("commitments:report", promise.pk), {**TOLD, **sent}).text

    assert f'id="{wrong}"' in text
    assert TOLD["happened"] in text
    assert not FollowUp.objects.exists()
    assert ("browsers do not keep it" in text) == ("picture" in sent)


def test_what_is_no_picture_is_told_beside_the_field(client, promise, officer):
    client.force_login(officer)
    svg = SimpleUploadedFile("bild.png", b"<svg onload=alert(1)>", content_type="image/png")

    text = client.post(
        address("commitments:report", promise.pk), {**TOLD, **SHOWN, "picture": svg}
    ).text

    assert "could not be read as a picture" in text
    assert not FollowUp.objects.exists()


def test_a_form_that_is_far_too_large_is_refused_before_it_is_read(
    client, promise, officer, monkeypatch
):
    client.force_login(officer)
    monkeypatch.setattr(pictures, "MOST_SENT", 500)

    answer = client.post(
        address("commitments:report", promise.pk), {**TOLD, "picture": sent_picture()}
    )

    assert answer.status_code == 413
    assert "Nothing was saved." in answer.text


def test_a_picture_is_shown_as_one_and_as_nothing_else(client, shown):
    answer = client.get(shown.get_absolute_url())

    assert answer.content == bytes(shown.jpeg)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"] == 'inline; filename="racket-langs-gangvagen.jpg"'


def test_more_pictures_are_added_afterwards(client, told, officer):
    client.force_login(officer)
    path = address("commitments:add_picture", told.pk)
    assert path in client.get(address("commitments:detail", told.commitment_id)).text
    assert client.get(path).status_code == 200

    client.post(path, {**SHOWN, "picture": sent_picture()}, follow=True)

    assert told.pictures.count() == 1
    assert history_of(told.commitment).filter(move="add_picture").count() == 1
    page = client.get(address("commitments:detail", told.commitment_id)).text
    assert "put a picture in a report" in page


def test_there_is_an_end_to_how_many(client, told, officer, monkeypatch):
    client.force_login(officer)
    monkeypatch.setattr("hakapa.commitments.actions.picturing.MOST_PICTURES", 0)

    text = client.post(
        address("commitments:add_picture", told.pk), {**SHOWN, "picture": sent_picture()}
    ).text

    assert "at most 0 pictures" in text
    assert not Picture.objects.exists()


def test_a_picture_has_words(told, officer):
    with pytest.raises(ValidationError, match="description"):
        actions.add_picture(told, Shown(made_anew(sent_picture()), ""), by=officer)


def test_a_picture_is_taken_away_for_good(client, shown, officer):
    client.force_login(officer)
    path = address("commitments:remove_picture", shown.pk)
    assert path in client.get(address("commitments:detail", shown.report.commitment_id)).text
    assert client.get(path).status_code == 200
    assert Picture.objects.exists()

    client.post(path)

    assert not Picture.objects.exists()
    assert history_of(shown.report.commitment).filter(move="remove_picture").exists()
    assert client.get(shown.get_absolute_url()).status_code == 404


def test_only_who_sees_to_the_promise_adds_or_takes_away(client, shown, other_officer):
    report = shown.report
    drawing = Shown(made_anew(sent_picture()), WORDS)
    with pytest.raises(PermissionDenied):
        actions.add_picture(report, drawing, by=other_officer)
    with pytest.raises(PermissionDenied):
        actions.remove_picture(shown, by=other_officer)
    client.force_login(other_officer)
    for path in (
        address("commitments:add_picture", report.pk),
        address("commitments:remove_picture", shown.pk),
    ):
        assert client.post(path).status_code == 403
    client.logout()
    assert client.post(path).status_code == 302
    page = client.get(address("commitments:detail", report.commitment_id)).text
    assert "Add a picture" not in page


def test_a_hidden_report_hides_its_pictures(client, shown):
    report = shown.report
    report.hidden_why = "Visar någon som inte har sagt ja"
    report.save()

    assert client.get(shown.get_absolute_url()).status_code == 404
    assert shown.get_absolute_url() not in client.get(report.commitment.get_absolute_url()).text
    api = client.get(f"/api/v1/commitments/{report.commitment_id}").json()
    assert api["follow_ups"][0]["pictures"] == []


def test_the_api_tells_of_pictures(client, shown):
    api = client.get(f"/api/v1/commitments/{shown.report.commitment_id}").json()

    assert api["follow_ups"][0]["pictures"] == [
        {"url": shown.get_absolute_url(), "description": WORDS, "width": 40, "height": 30}
    ]


def test_a_picture_of_what_nobody_may_see_is_not_there(client, shown, lab):
    lab.visibility = "unlisted"
    type(lab).objects.filter(pk=lab.pk).update(state="planned", announced_at=None)

    assert client.get(shown.get_absolute_url()).status_code == 404


def test_reading_a_promise_reads_no_picture(client, shown, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as read:
        client.get(shown.report.commitment.get_absolute_url())

    assert not any('"jpeg"' in query["sql"] for query in read.captured_queries)
