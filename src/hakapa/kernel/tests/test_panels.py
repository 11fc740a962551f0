import pytest
from django.test import RequestFactory

from hakapa.kernel import panels
from hakapa.kernel.panels import Panel, panel, panels_for

REQUEST = RequestFactory().get("/")


@pytest.fixture(autouse=True)
def _an_empty_registry(monkeypatch):
    monkeypatch.setattr(panels, "_makers", {})


def test_a_page_nobody_adds_to_has_no_panels():
    assert panels_for("page", REQUEST, "thing") == []


def test_panels_come_in_the_order_they_ask_for():
    @panel("page", order=20)
    def later(request, thing):
        return Panel("later.html", {"thing": thing})

    @panel("page", order=10)
    def sooner(request, thing):
        return Panel("sooner.html", {"asked_by": request})

    @panel("other", order=1)
    def elsewhere(request, thing):
        return Panel("elsewhere.html")

    assert panels_for("page", REQUEST, "thing") == [
        Panel("sooner.html", {"asked_by": REQUEST}),
        Panel("later.html", {"thing": "thing"}),
    ]


def test_a_panel_with_nothing_to_show_is_left_out():
    @panel("page", order=1)
    def silent(request, thing):
        return None

    assert panels_for("page", REQUEST, "thing") == []


def test_a_maker_stays_a_function_of_its_own():
    @panel("page", order=1)
    def maker(request, thing):
        return Panel("a.html")

    assert maker(REQUEST, "thing") == Panel("a.html", {})
