from datetime import UTC, date, datetime, timedelta

from hakapa.demo import world

READ = world.read("sv", date(2026, 3, 26))


def test_today_is_the_day_of_loading():
    assert READ.moved_by == timedelta(days=10)
    assert READ.day(READ["demo_today"]) == date(2026, 3, 26)


def test_a_moment_is_in_the_morning_in_sweden_unless_said():
    assert READ.moment(date(2026, 3, 1)) == datetime(2026, 3, 11, 8, tzinfo=UTC)


def test_words_are_said_in_the_worlds_language():
    english = world.read("en", date(2026, 3, 16))
    words = {"sv": "fall", "en": "falls"}

    assert (READ.say(words), english.say(words)) == ("fall", "falls")
    assert READ.say(None) == ""


def texts_in(rows, path=()):
    """Return every text that is told in some language, with where it stands."""
    if isinstance(rows, dict) and set(rows) & {"sv", "en"}:
        yield path, rows
    elif isinstance(rows, dict):
        for name, row in rows.items():
            yield from texts_in(row, (*path, name))
    elif isinstance(rows, list):
        for place, row in enumerate(rows):
            yield from texts_in(row, (*path, place))


def test_every_text_is_told_in_both_languages():
    missing = [path for path, words in texts_in(READ.rows) if not (words["sv"] and words["en"])]

    assert missing == []
    assert len(list(texts_in(READ.rows))) > 150


def test_every_short_name_means_something():
    organisations = {row["id"] for row in READ["organisations"]}
    challenges = {row["id"] for row in READ["challenges"]}
    named = {row["owner"] for row in READ["challenges"]}
    named |= {key for row in READ["challenges"] for key in row["receivers"]}
    named |= {row["receiver"] for row in READ["commitments"]}
    named |= {key for row in READ["labs"] for key in [row["host"], *row["leaders"]]}
    assert named - organisations == set()
    assert {key for row in READ["labs"] for key in row["challenges"]} - challenges == set()
    assert set(READ["details"]) == challenges
