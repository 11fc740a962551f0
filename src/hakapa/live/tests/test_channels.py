import asyncio
import json
from itertools import pairwise

import pytest

from hakapa.live import channels
from hakapa.live.changes import NEW, Row
from hakapa.live.channels import Channel, Look, Seen
from hakapa.live.screens import Picture

PHONES = Seen("phone", "sv")
WALL = Seen("projector", "sv")


class World:
    """What there is to see, and how often it was looked at."""

    def __init__(self):
        self.rows, self.clock, self.looks, self.broken = [], "1", [], 0
        self.may_look = asyncio.Event()
        self.may_look.set()

    async def look(self, name, after, seen):
        self.looks.append((name, asyncio.get_running_loop().time(), list(seen)))
        await self.may_look.wait()
        if self.broken:
            self.broken -= 1
            raise ConnectionError
        picture = Picture({"clock": self.clock})
        return Look([row for row in self.rows if row.number > after], dict.fromkeys(seen, picture))

    def announce(self):
        self.rows.append(Row(len(self.rows) + 1, "join", None))


def in_a_channel(play, every=0.05):
    """Play a scene in a channel that draws as often as that."""

    async def scene():
        world = World()
        channel = Channel("lab:7", world.look)
        try:
            await play(world, channel)
        finally:
            await asyncio.gather(channel.stop(), return_exceptions=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(channels, "AT_MOST_EVERY", every)
        patch.setattr(channels, "AFTER_TROUBLE", every)
        asyncio.run(scene())


async def heard(listener):
    await asyncio.wait_for(listener.bell.wait(), 5)
    return json.loads(listener.message().decode().split("\ndata: ", 1)[1])


def test_the_first_who_comes_is_told_at_once():
    async def play(world, channel):
        world.announce()
        listener = channel.enter(PHONES, after=NEW)
        assert (await heard(listener))["to"] == 1
        assert listener.message() == b""

    in_a_channel(play, every=60)


def test_the_screens_are_drawn_once_for_all_who_see_the_same():
    async def play(world, channel):
        many = [channel.enter(PHONES, after=NEW) for _ in range(20)]
        for listener in many:
            await heard(listener)
        late = channel.enter(PHONES, after=NEW)
        assert (await heard(late))["whole"]
        assert [seen for _, _, seen in world.looks] == [[PHONES]]

    in_a_channel(play, every=60)


def test_each_audience_and_language_has_its_own_screens():
    async def play(world, channel):
        listeners = [channel.enter(seen, after=NEW) for seen in (PHONES, WALL)]
        for listener in listeners:
            await heard(listener)
        assert set(world.looks[0][2]) == {PHONES, WALL}

    in_a_channel(play)


def test_a_hundred_changes_are_told_in_a_few_drawings():
    async def play(world, channel):
        listener = channel.enter(PHONES, after=NEW)
        await heard(listener)
        for n in range(100):
            world.clock = str(n)
            channel.stir()
            await asyncio.sleep(0.002)
        while (await heard(listener))["fragments"] != {"clock": "99"}:
            pass
        at = [time for _, time, _ in world.looks]
        assert all(later - sooner > 0.045 for sooner, later in pairwise(at))

    in_a_channel(play)


def test_a_change_while_it_is_drawn_is_drawn_next():
    async def play(world, channel):
        listener = channel.enter(PHONES, after=NEW)
        await heard(listener)
        world.may_look.clear()
        channel.stir()
        await asyncio.sleep(0.1)
        world.announce()
        channel.stir()
        world.may_look.set()
        while (await heard(listener))["to"] != 1:
            pass

    in_a_channel(play)


def test_trouble_is_told_to_the_log_and_tried_again(caplog):
    async def play(world, channel):
        world.broken = 2
        listener = channel.enter(PHONES, after=NEW)
        assert (await heard(listener))["fragments"] == {"clock": "1"}

    in_a_channel(play)
    assert caplog.text.count("could not draw the screens of lab:7") == 2


def test_screens_that_nobody_follows_are_drawn_no_more():
    async def play(world, channel):
        wall, phone = channel.enter(WALL, after=NEW), channel.enter(PHONES, after=NEW)
        other = channel.enter(PHONES, after=NEW)
        await heard(wall)
        channel.leave(PHONES, other)
        channel.leave(PHONES, phone)
        channel.stir()
        world.announce()
        await heard(wall)
        assert world.looks[-1][2] == [WALL]
        assert channel.is_followed
        channel.leave(WALL, wall)
        assert not channel.is_followed

    in_a_channel(play)


def test_one_who_leaves_while_it_is_drawn_is_not_missed():
    async def play(world, channel):
        world.may_look.clear()
        wall, phone = channel.enter(WALL, after=NEW), channel.enter(PHONES, after=NEW)
        await asyncio.sleep(0.01)
        channel.leave(PHONES, phone)
        world.may_look.set()
        assert (await heard(wall))["whole"]

    in_a_channel(play)


def test_a_drawing_with_nothing_new_rings_no_bell():
    async def play(world, channel):
        listener = channel.enter(PHONES, after=NEW)
        await heard(listener)
        channel.stir()
        await asyncio.sleep(0.2)
        assert len(world.looks) == 2
        assert not listener.bell.is_set()

    in_a_channel(play)


def test_the_room_is_rung_for_a_few_at_a_time_and_votes_come_between(monkeypatch):
    monkeypatch.setattr(channels, "RUNG_TOGETHER", 2)

    async def play(world, channel):
        phones = [channel.enter(PHONES, after=NEW) for _ in range(6)]
        for phone in phones:
            await heard(phone)
        turns = []

        async def votes_arrive():
            while not all(phone.bell.is_set() for phone in phones):
                turns.append(sum(phone.bell.is_set() for phone in phones))
                await asyncio.sleep(0)

        world.clock = "2"
        channel.stir()
        await asyncio.wait_for(votes_arrive(), 5)

        assert {2, 4} <= set(turns)

    in_a_channel(play)
