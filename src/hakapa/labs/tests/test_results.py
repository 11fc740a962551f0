from hakapa.labs import actions, queries
from hakapa.labs.models import Perspective
from hakapa.labs.tests.factories import ContributionFactory, LabFactory, ParticipantFactory


def test_counts_are_derived_from_the_votes(running):
    agreed, divided = ContributionFactory.create_batch(2, lab=running)
    for value in (1, 1, 1, -1, 0):
        seat = actions.join(running)
        actions.vote(agreed, participant=seat, value=1)
        actions.vote(divided, participant=seat, value=value)

    def order(by):
        return [(s.agree, s.disagree, s.passed) for s in queries.statements(running, by)]

    assert order("") == [(5, 0, 0), (3, 1, 1)]
    assert order("agree") == [(5, 0, 0), (3, 1, 1)]
    assert order("divided") == order("passed") == [(3, 1, 1), (5, 0, 0)]
    assert order("nonsense") == order("")


def seated(lab, **counts):
    for perspective, number in counts.items():
        ParticipantFactory.create_batch(number, lab=lab, perspective=perspective)


def told(lab):
    names = {str(label): value for value, label in Perspective.choices}
    return {names[count.name]: count.people for count in queries.perspectives(lab)}


def test_fewer_than_five_are_never_told_apart(running):
    seated(running, municipality=9, resident=2, company=4)

    assert told(running) == {"municipality": 9, "company": None, "resident": None}


def test_what_the_total_would_give_away_is_left_out_too(running):
    seated(running, municipality=9, company=6, resident=2)

    assert told(running) == {"municipality": 9, "company": None, "resident": None}


def test_those_who_did_not_say_hide_the_few(running):
    seated(running, municipality=9, company=6, resident=2)
    ParticipantFactory.create_batch(5, lab=running)

    assert told(running) == {"municipality": 9, "company": 6, "resident": None}


def test_large_groups_are_told(running):
    seated(running, municipality=9, company=6)

    assert told(running) == {"municipality": 9, "company": 6}


def test_the_size_of_a_room_leaves_out_what_is_hidden(running, leader):
    kept, hidden = ContributionFactory.create_batch(2, lab=running)
    for seat in ParticipantFactory.create_batch(5, lab=running):
        actions.vote(kept, participant=seat, value=1)
        actions.vote(hidden, participant=seat, value=1)
    actions.hide(hidden, by=leader, why="Namn")

    size = queries.size(running)
    assert (size.participants, size.contributions, size.statements, size.votes) == (5, 1, 1, 5)
    assert size.people == 5
    assert queries.size(LabFactory.create()).people is None


def test_what_was_written_is_gathered_by_kind(running):
    ContributionFactory.create_batch(3, lab=running)

    (proposals,) = queries.by_kind(running, most=2)
    assert (proposals.number, len(proposals.first), proposals.is_cut) == (3, 2, True)
    assert proposals.name
