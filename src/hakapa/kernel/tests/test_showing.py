from django.template import Context

from hakapa.kernel.templatetags.showing import panels


def test_a_page_that_no_request_asked_for_has_no_panels():
    assert panels(Context(), "head", None) == ""
