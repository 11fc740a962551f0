"""The scripts that keep a page as the room is, in a real browser with a stream that tests write."""

import json
import time

import pytest

ROOM = """
<!DOCTYPE html><html lang="sv"><title>Rum</title>
<body data-stream="/live/strom?biljett=b">
<p id="connection" role="status" data-lost="Kontakten bruten"></p>
<p id="plain">gammalt</p>
<form id="form"><input id="text"><button id="send" type="button">Skicka</button></form>
<details id="more"><summary>Mer</summary></details>
<time id="clock"><span class="clock-face"></span></time>
<script>
  window.told = [];
  document.addEventListener("hakapa:room", (event) => told.push(event.detail));
</script>
<script type="module" src="/static/js/clock.js"></script>
<script type="module" src="/static/js/stream.js"></script>
"""


class Stream:
    """What the server would say: a test puts messages, each connection gets those that wait."""

    def __init__(self, page, site):
        self.page, self.number, self.waiting, self.asked = page, 0, [], []
        self.status = 200
        page.route("**/rum", lambda route: route.fulfill(body=ROOM, content_type="text/html"))
        page.route("**/live/strom*", self.answer)
        self.address = f"{site}/rum"

    def answer(self, route):
        self.asked.append(route.request.url)
        body = "retry: 50\n\n" + "".join(self.waiting)
        self.waiting = []
        route.fulfill(status=self.status, body=body, content_type="text/event-stream")

    def put(self, **data):
        """Let the next connection be told this."""
        before, self.number = self.number, self.number + 1
        message = {"from": before, "to": self.number, "now": time.time(), "fragments": {}}
        text = json.dumps({**message, "items": {}, **data})
        self.waiting.append(f"id: {self.number}\nevent: room\ndata: {text}\n\n")

    def told(self, number):
        """Wait until the page has been told the number, and return its messages."""
        self.page.wait_for_function("number => told.some((m) => m.to === number)", arg=number)
        return self.page.evaluate("told")


@pytest.fixture
def stream(browser, site):
    with browser.new_context() as context:
        yield Stream(context.new_page(), site)


def test_parts_are_swapped_and_other_scripts_are_told(stream):
    stream.put(fragments={"plain": '<p id="plain">nytt</p>', "none": "<p>"}, items={"7": {"id": 7}})
    stream.page.goto(stream.address)
    (message,) = stream.told(1)

    assert message["items"] == {"7": {"id": 7}}
    assert stream.page.inner_text("#plain") == "nytt"


def test_a_cut_is_told_and_the_page_goes_on_from_where_it_was(stream):
    stream.put()
    stream.page.goto(stream.address)
    stream.told(1)  # each connection of this stream ends at once
    stream.page.wait_for_function("connection.textContent === 'Kontakten bruten'")
    stream.put(fragments={"plain": '<p id="plain">sen</p>'})
    stream.told(2)

    assert stream.page.inner_text("#plain") == "sen"


def test_what_somebody_types_in_waits_until_they_have_typed(stream):
    stream.page.goto(stream.address)
    stream.page.fill("#text", "halva men")
    stream.put(fragments={"form": '<form id="form"><input id="text" value="x"></form>'})
    stream.told(1)
    assert stream.page.input_value("#text") == "halva men"
    stream.page.evaluate("document.activeElement.blur()")
    stream.page.wait_for_function("document.getElementById('text').value === 'x'")


def test_a_button_keeps_its_focus_and_an_opened_part_stays_open(stream):
    stream.page.goto(stream.address)
    stream.page.focus("#send")
    form = '<form id="form"><button id="send" type="button">Skicka nu</button></form>'
    stream.put(fragments={"form": form, "more": '<details id="more"><p>a</p></details>'})
    stream.told(1)

    assert stream.page.evaluate("document.activeElement.textContent") == "Skicka nu"


def test_what_is_not_in_a_whole_message_is_gone(stream):
    stream.put(items={"7": {"id": 7}, "8": {"id": 8}}, whole=True)
    stream.page.goto(stream.address)
    stream.told(1)
    stream.put(items={"8": {"id": 8}}, whole=True)

    assert stream.told(2)[-1]["items"] == {"7": None, "8": {"id": 8}}


def test_a_clock_goes_by_the_servers_time(stream):
    ahead = time.time() + 3600
    ends = round((ahead + 90) * 1000)
    clock = f'<time id="clock" data-ends="{ends}"><span class="clock-face"></span></time>'
    stream.put(now=ahead, fragments={"clock": clock})
    stream.page.goto(stream.address)
    stream.told(1)
    face = stream.page.inner_text("#clock")

    assert face in ("01:30", "01:29", "01:28")
    stream.page.wait_for_function(f"clock.textContent !== '{face}'")


def test_a_clock_that_has_run_over_says_so(stream):
    ends = round((time.time() - 61) * 1000)
    stream.put(fragments={"clock": f'<time id="clock" data-ends="{ends}"></time>'})
    stream.page.goto(stream.address)
    stream.told(1)

    assert stream.page.inner_text("#clock").startswith("−01:0")
    assert stream.page.get_attribute("#clock", "data-late") == ""


def test_a_page_that_is_refused_asks_for_itself_anew(stream):
    stream.status = 403
    stream.page.clock.install()
    stream.page.goto(stream.address)
    with stream.page.expect_navigation(timeout=30_000):
        for _ in range(40):
            stream.page.clock.fast_forward(15_000)
            stream.page.wait_for_timeout(50)
    assert len(stream.asked) >= 7
