"""JUnit XML, which most test runners write (https://github.com/testmoapp/junitxml)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.reports.model import Report, Tally, UnreadableReportError, sized

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

_ROOTS = ("testsuites", "testsuite")


def read(file: Path, name: str) -> Report:
    """The report in ``file``. Tests are counted one by one, because attributes of suites are often wrong.

    Entities and external references are refused, as XML from a build may be hostile. Raises
    UnreadableReportError.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    tally, root = Tally(), ""
    try:
        for event, element in iterparse(sized(file), events=("start", "end")):
            root = root or _checked(_tag(element))
            if event == "end" and _tag(element) == "testcase":
                _count(tally, element)
                element.clear()
    except (ParseError, DefusedXmlException, OSError, LookupError, ValueError) as error:
        raise UnreadableReportError(f"it is no JUnit XML ({error})") from error
    return tally.report(name, "junit")


def _checked(root: str) -> str:
    if root not in _ROOTS:
        raise UnreadableReportError(f"it is no JUnit XML, but <{root}>")
    return root


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _count(tally: Tally, case: Element) -> None:
    results = {_tag(child): child for child in case}
    tally.seconds += _number(case.get("time", ""))
    wrong = results.get("failure", results.get("error"))
    if wrong is not None:
        tally.fail(_name(case), wrong.get("message") or wrong.text or "")
    elif "skipped" in results:
        tally.skipped += 1
    else:
        tally.passed += 1


def _name(case: Element) -> str:
    name, group = case.get("name", "?"), case.get("classname", "")
    return name if not group or name.startswith(group) else f"{group} > {name}"


def _number(text: str) -> float:
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return 0.0
    return number if 0 <= number < float("inf") else 0.0
