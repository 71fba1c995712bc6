"""A wrong schedule is nobody else's trouble."""

import datetime

import pytest

from engine.local.emulator.schedules import each_by_itself

NOON = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)


def test_a_time_that_is_none_never_comes():
    fire = each_by_itself(lambda hour, after: after.replace(hour=hour))
    assert fire(99, NOON) is None
    assert fire(13, NOON) == NOON.replace(hour=13)


def test_one_that_ministack_takes_and_fails_on():
    from ministack.services import eventbridge

    fields = eventbridge._parse_cron_fields("cron(0 99 * * ? *)")
    with pytest.raises(ValueError, match="hour"):
        eventbridge._cron_next_fire(fields, NOON)
    assert each_by_itself(eventbridge._cron_next_fire)(fields, NOON) is None
