"""Six towns that share seats."""

from datetime import date

from hakapa.algorithms.rotation import Calendar, Organisation, plan_terms

SIX = [
    Organisation("lund", "Lund", 125_941, "south"),
    Organisation("malmo", "Malmö", 347_949, "south"),
    Organisation("umea", "Umeå", 130_224, "north"),
    Organisation("orebro", "Örebro", 156_381, "middle"),
    Organisation("kalmar", "Kalmar", 70_329, "south"),
    Organisation("angelholm", "Ängelholm", 42_841, "south"),
]
START = date(2026, 7, 1)


def plan(rule, count=6, skips=(), members=SIX):
    return plan_terms(members, rule, Calendar(START, 6, count), (), skips)


def holders(made, seat="chair"):
    return [term.holder(seat) for term in made.planned]
