"""Slots for reports of tests: one file a format, each with ``read``; more are one entry in ``FORMATS``."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.build.reports import junit, mochawesome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.build.reports.model import Report

FORMATS: MappingProxyType[str, Callable[[Path, str], Report]] = MappingProxyType(
    {".xml": junit.read, ".json": mochawesome.read}
)
"""From the ending of a file to what reads it: given the file and its name for people, it gives the report.

Raises :class:`engine.build.reports.model.UnreadableReportError`.
"""
