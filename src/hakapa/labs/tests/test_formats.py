import pytest
from django.utils import translation

from hakapa.labs import formats

TEMPLATES = formats.all_templates()


def test_there_are_eight_ways_to_meet():
    assert len(TEMPLATES) == 8


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.key)
def test_every_template_says_everything_in_both_languages(template):
    words = [template.name, template.about]
    for phase in template.phases:
        words += [phase.name, phase.purpose, *phase.prompts]

    assert all(both.sv.strip() and both.en.strip() for both in words)
    assert all(
        both.sv != both.en for both in (template.about, *(p.purpose for p in template.phases))
    )


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.key)
def test_every_template_fits_a_run_sheet(template):
    assert 0 < template.smallest <= template.ideal <= template.largest
    assert template.minutes == sum(phase.minutes for phase in template.phases)
    assert all(phase.prompts and phase.minutes > 0 for phase in template.phases)
    assert all(len(phase.purpose.sv) <= 300 for phase in template.phases)


def test_every_template_ends_with_somebody_answering_or_a_thank_you():
    assert all(
        any(formats.Capture.ANSWER in phase.captures for phase in template.phases[-2:])
        for template in TEMPLATES
    )


def test_a_template_is_found_by_its_key():
    assert formats.template("utmanarlabb-90").minutes == 90
    with pytest.raises(KeyError):
        formats.template("allsång")


def test_words_follow_the_language_of_the_page():
    name = formats.template("varldskafe").name

    assert str(name) == "Världskafé"
    with translation.override("en"):
        assert str(name) == "World café"
    with translation.override(None):
        assert str(name) == "Världskafé"


def test_a_phase_of_votes_has_the_ballot_that_its_words_ask_for():
    dots = formats.Ballot.DOTS
    asked = {
        (lab.key, phase.key): (phase.ballot, phase.dots if phase.ballot == dots else None)
        for lab in TEMPLATES
        for phase in lab.phases
        if formats.Capture.VOTE in phase.captures and phase.ballot != formats.Ballot.STANCE
    }

    assert asked == {
        ("utmanarlabb-90", "rate"): ("benefit_ease", None),
        ("blixtlabb-45", "vote"): ("dots", 3),
        ("beslutsjam", "vote1"): ("dots", 2),
        ("beslutsjam", "vote2"): ("dots", 6),
        ("asiktsark", "rate"): ("agreement", None),
        ("asiktsark", "improve"): ("agreement", None),
    }


def test_what_is_weighed_is_asked_for_in_the_same_or_an_earlier_phase():
    for lab in TEMPLATES:
        asked = set()
        for phase in lab.phases:
            asked |= set(phase.captures)
            assert set(phase.weighs) <= asked
