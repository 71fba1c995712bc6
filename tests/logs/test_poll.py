"""Following a log group: every event once, by time, whatever comes late."""

from hypothesis import given
from hypothesis import strategies as st

from engine.logs.poll import Poll


class Logs:
    """A log group: events are added by ``write``, and answered as FilterLogEvents does, two a page."""

    def __init__(self, *, ids=True):
        self.events, self.asked, self._ids = [], [], ids

    def write(self, timestamp, message, stream="a"):
        event = {"timestamp": timestamp, "message": message, "logStreamName": stream}
        self.events.append(event | ({"eventId": str(len(self.events))} if self._ids else {}))

    def get_paginator(self, operation):
        assert operation == "filter_log_events"
        return self

    def paginate(self, logGroupName, startTime):  # noqa: N803
        self.asked.append((logGroupName, startTime))
        found = [event for event in self.events if event["timestamp"] >= startTime]
        return [{"events": found[i : i + 2]} for i in range(0, len(found), 2)]


def messages(poll):
    return [entry.message for entry in poll()]


def test_what_was_written_since_then_by_time():
    logs = Logs()
    logs.write(999, "too early")
    logs.write(3000, "third\n", "b")
    logs.write(1000, "first", "a")
    logs.write(2000, "second", "b")
    assert messages(Poll(logs, "/group", 1.0)) == ["first", "second", "third"]
    assert logs.asked == [("/group", 1000)]


def test_lines_of_one_moment_keep_their_order():
    logs = Logs()
    for text in "cab":
        logs.write(1000, text)
    assert messages(Poll(logs, "/group", 0)) == ["c", "a", "b"]


def test_what_comes_late_from_another_stream_is_given_too():
    logs = Logs()
    poll = Poll(logs, "/group", 0)
    logs.write(50_000, "one")
    assert messages(poll) == ["one"]
    logs.write(40_000, "late", "b")
    assert messages(poll) == ["late"]
    assert messages(poll) == []


def test_it_does_not_read_everything_again_and_again():
    logs = Logs()
    poll = Poll(logs, "/group", 0)
    logs.write(1_000_000, "one")
    poll()
    poll()
    assert logs.asked[-1] == ("/group", 970_000)


@given(
    rounds=st.lists(
        st.lists(st.tuples(st.integers(0, 20_000), st.sampled_from("ab"), st.sampled_from("xy")))
    ),
    ids=st.booleans(),
)
def test_each_event_is_given_once(rounds, ids):
    logs = Logs(ids=ids)
    poll, given_ = Poll(logs, "/group", 0), []
    for events in rounds:
        for timestamp, message, stream in events:
            logs.write(timestamp, message, stream)
        given_ += [(round(entry.time * 1000), entry.message, entry.stream) for entry in poll()]
    assert sorted(given_) == sorted(event for events in rounds for event in events)
