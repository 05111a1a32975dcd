"""What a follower decides: when a projection runs, when it waits, and that one which fails stops no other."""

import threading

from belfort.errors import Busy
from belfort.follower import LONGEST_BACKOFF, Follower, Track


class World:
    """A change log, a clock and projections that do what the test says."""

    def __init__(self) -> None:
        self.newest = 0
        self.now = 100.0
        self.ran: list[str] = []
        self.broken: dict[str, Exception] = {}
        self.stop = threading.Event()
        self.follower = Follower(lambda: self.newest, self.run, self.stop, lambda: self.now)

    def run(self, name: str) -> int:
        """A projection: it is noted, and fails when it is broken."""
        self.ran.append(name)
        if name in self.broken:
            raise self.broken[name]
        return 1


def test_a_projection_runs_at_the_start_and_then_only_for_news() -> None:
    """What was changed while nobody followed is taken in first; nothing new is no work."""
    world, track = World(), Track("index", 0.0)
    for newest, runs in ((5, 1), (5, 1), (6, 2), (6, 2)):
        world.newest = newest
        world.follower.bring_up(track)
        assert len(world.ran) == runs


def test_a_pause_delays_news_and_loses_none() -> None:
    """A second change within the pause is taken in when it is over."""
    world, track = World(), Track("dumps", 600.0)
    world.follower.bring_up(track)
    world.newest = 1
    for seconds, runs in ((599.0, 1), (1.0, 2), (600.0, 2)):
        world.now += seconds
        world.follower.bring_up(track)
        assert len(world.ran) == runs


def test_one_that_fails_waits_longer_each_time_and_then_goes_on() -> None:
    """Expected or not, a failure is tried again after 2, 4, 8 … seconds, five minutes at most; success ends that."""
    world, track = World(), Track("index", 0.0)
    world.broken["index"] = Busy("bezet", hint="wacht")
    waits = []
    for _ in range(12):
        world.follower.bring_up(track)
        waits.append(track.due - world.now)
        world.now = track.due
        world.broken["index"] = ValueError("kapot")
    assert waits[:3] == [2.0, 4.0, 8.0]
    assert max(waits) == LONGEST_BACKOFF
    world.broken.clear()
    world.follower.bring_up(track)
    assert (track.failures, track.seen, track.due) == (0, 0, world.now)


def test_a_lane_goes_on_past_one_that_fails() -> None:
    """The others of its lane run in their order, and stopping ends the lane."""
    world = World()
    world.broken["sparql"] = RuntimeError("kapot")
    real = world.run

    def run(name: str) -> int:
        if name == "feeds":
            world.stop.set()
        return real(name)

    Follower(lambda: 1, run, world.stop).lane([Track("sparql", 0.0), Track("dumps", 0.0), Track("feeds", 0.0)])
    assert world.ran == ["sparql", "dumps", "feeds"]


def test_a_log_that_cannot_be_read_is_a_failure_too() -> None:
    """A database that is away for a while does not end the follower."""
    world, track = World(), Track("index", 0.0)

    def away() -> int:
        raise OSError("weg")

    Follower(away, world.run, world.stop, lambda: world.now).bring_up(track)
    assert (world.ran, track.failures) == ([], 1)
