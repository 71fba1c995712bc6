"""Schedules as EventBridge takes them: ``rate(5 minutes)``, ``cron(0 8 ? * MON-FRI *)``, in UTC.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from engine.spec.fields import listed, wrong

_RATE = re.compile(r"rate\(([1-9]\d{0,5}) (minute|hour|day)(s?)\)")
_CRON = re.compile(r"cron\((.+)\)")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


@dataclass(frozen=True, slots=True)
class _Unit:
    """One of the six fields: its range, the names that stand for numbers, what else it takes."""

    name: str
    first: int
    last: int
    names: tuple[str, ...] = ()
    also: str = r"(?!)"


_UNITS = (
    _Unit("minutes", 0, 59),
    _Unit("hours", 0, 23),
    _Unit("day of the month", 1, 31, also=r"\?|L|LW|([1-9]|[12]\d|3[01])W"),
    _Unit("month", 1, 12, _MONTHS),
    _Unit("day of the week", 1, 7, _DAYS, also=r"\?|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)?L|[1-7]#[1-5]"),
    _Unit("year", 1970, 2199),
)


def _schedule(text: str) -> str:
    text = " ".join(text.split())
    if rate := _RATE.fullmatch(text):
        _check_plural(int(rate[1]), rate[2], plural=bool(rate[3]))
    elif cron := _CRON.fullmatch(text):
        _check_cron(cron[1].split())
    else:
        raise wrong(
            "schedule", f"is no schedule: {text}", "Write `rate(5 minutes)` or `cron(0 8 ? * MON-FRI *)`."
        )
    return text


def _check_plural(count: int, unit: str, *, plural: bool) -> None:
    if plural != (count != 1):
        raise wrong("schedule", "has the wrong number", f"Write `rate({count} {unit}{'s' * (count != 1)})`.")


def _check_cron(fields: list[str]) -> None:
    if len(fields) != len(_UNITS):
        names = ", ".join(unit.name for unit in _UNITS)
        raise wrong("schedule", f"has {len(fields)} fields where six are due", f"They are: {names}.")
    for unit, text in zip(_UNITS, fields, strict=True):
        if not all(_fits(unit, part.upper()) for part in text.split(",")):
            allowed = f"{unit.first} to {unit.last}"
            raise wrong(
                "schedule", f"has {unit.name} `{text}`", f"It takes {allowed}, `*`, `a-b`, `a/b`, `a,b`."
            )
    if [fields[2], fields[4]].count("?") != 1:
        hint = "Write `?` for the one that does not matter: `cron(0 8 ? * MON-FRI *)`, `cron(0 8 1 * ? *)`."
        raise wrong(
            "schedule", "must have `?` as day of the month or as day of the week, and not as both", hint
        )


def _fits(unit: _Unit, part: str) -> bool:
    if re.fullmatch(unit.also, part):
        return True
    span, _, step = part.partition("/")
    if "/" in part and not (step.isascii() and step.isdigit() and 0 < int(step) <= unit.last):
        return False
    if span == "*":
        return True
    numbers = [_number(unit, text) for text in span.split("-")]
    inside = all(number is not None and unit.first <= number <= unit.last for number in numbers)
    return inside and len(numbers) <= 2


def _number(unit: _Unit, text: str) -> int | None:
    if text in unit.names:
        return unit.names.index(text) + 1
    return int(text) if text.isascii() and text.isdigit() else None


Schedules = Annotated[
    tuple[Annotated[str, AfterValidator(_schedule)], ...],
    BeforeValidator(listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""A list of schedules; one alone counts as a list of one."""
