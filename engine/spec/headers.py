"""The ``customHttp.yml`` beside a spec: its rules override those of the spec.

https://docs.aws.amazon.com/amplify/latest/userguide/custom-headers.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spec.node import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.errors import Problem
    from engine.spec.examine import Examined
    from engine.spec.model import HeaderRule, HeadersFile, SpecFile


def of_application(file: HeadersFile, app_root: str) -> tuple[HeaderRule, ...] | None:
    """The rules that ``file`` has for the application in ``app_root``, or None if it has none for it."""
    entry = next((entry for entry in file.applications if entry.app_root == app_root), None)
    return entry.custom_headers if entry else (file.custom_headers or None)


def between(spec: Examined[SpecFile], headers: Examined[HeadersFile]) -> Iterator[Problem]:
    """What is worth a warning in the two files together."""
    for path, node in spec.root.walk():
        if path[-1] == "customHeaders":
            said = f"customHttp.yml overrides the `customHeaders` on line {node.where.line}"
            hint = "Keep the rules in customHttp.yml alone."
            yield problem("headers-twice", node, path, said, hint, severity="warning")
    if not spec.model or not headers.model:
        return
    roots = {application.app_root or "" for application in spec.model.applications} or {""}
    for number, entry in enumerate(headers.model.applications):
        if entry.app_root not in roots:
            path = ("applications", number)
            said = f"the spec has no application in `{entry.app_root or '/'}`: these headers go nowhere"
            hint = f"Its applications are in: {', '.join(sorted(roots))}."
            node = headers.root.nearest(path)
            yield problem("headers-of-nothing", node, path, said, hint, severity="warning")
