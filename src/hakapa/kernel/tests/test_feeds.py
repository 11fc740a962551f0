import xml.etree.ElementTree as ET

from hakapa.kernel.feeds import PlainAtom

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_reader_of_a_feed_sees_words_where_markup_was_written():
    feed = PlainAtom(title="Nytt", link="/", description="")
    feed.add_item(title="Is & halka", link="/1/", description="<img src=x> & sand")

    entry = ET.fromstring(feed.writeString("utf-8")).find(f"{ATOM}entry")  # noqa: S314  (our own)

    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert entry.findtext(f"{ATOM}summary") == "&lt;img src=x&gt; &amp; sand"
    assert entry.findtext(f"{ATOM}title") == "Is & halka"
