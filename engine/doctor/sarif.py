"""A report as SARIF 2.1.0, the form in which code scanning takes findings.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html,
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from engine._version import __version__
from engine.doctor.documents import Document, documents

if TYPE_CHECKING:
    from pathlib import Path

    from engine.check import Report
    from engine.errors import Problem

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"


def sarif(report: Report, folder: Path) -> dict[str, Any]:
    """``report`` about the project in ``folder`` as one SARIF log; paths count from the repository's root.

    What the spec silences is in it as a suppressed result with its reason.
    """
    known = {document.name: document for document in documents()}
    told = [(problem, "") for problem in report.problems]
    silenced = [(silenced.problem, silenced.reason) for silenced in report.silenced]
    names = sorted({problem.rule for problem, _ in (*told, *silenced)})
    rules = [_rule(known.get(name) or Document(name, name)) for name in names]
    root = _repository(folder.absolute())
    results = [
        {**_result(problem, root, folder), "ruleIndex": names.index(problem.rule), **_suppressed(reason)}
        for problem, reason in (*told, *silenced)
    ]
    driver = {"name": "Windlass", "version": __version__, "rules": rules}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _rule(document: Document) -> dict[str, Any]:
    level = document.severity or "error"
    return {
        "id": document.name,
        "shortDescription": {"text": _plain(document.what)},
        "fullDescription": {"text": _plain(document.why or document.what)},
        "help": {"text": _plain(document.text), "markdown": document.markdown},
        "defaultConfiguration": {"level": level},
        "properties": {"problem.severity": level, "tags": ["deployment"]},
        **({"helpUri": document.source} if document.source else {}),
    }


def _result(problem: Problem, root: Path, folder: Path) -> dict[str, Any]:
    text = f"{problem.message}. {problem.hint}" if problem.hint else problem.message
    where = problem.where
    uri = _uri(where.file if where else str(folder / "amplify.yml"), root)
    region = {"startLine": (where.line if where else None) or 1}
    if where and where.column:
        region["startColumn"] = where.column
    location = {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}, "region": region}
    return {
        "ruleId": problem.rule,
        "level": problem.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"windlass/v1": _fingerprint(problem.rule, uri, problem.message)},
    }


def _suppressed(reason: str) -> dict[str, Any]:
    return {"suppressions": [{"kind": "external", "justification": reason}]} if reason else {}


def _uri(file: str, root: Path) -> str:
    return quote(os.fsencode(os.path.relpath(file, root).replace(os.sep, "/")))


def _repository(folder: Path) -> Path:
    """The top of the checkout that ``folder`` is in, or ``folder``."""
    return next((top for top in (folder, *folder.parents) if (top / ".git").exists()), folder)


def _fingerprint(*parts: str) -> str:
    """The same for the same finding, wherever its line moves to."""
    return hashlib.sha256(os.fsencode("\0".join(parts))).hexdigest()[:32]


def _plain(text: str) -> str:
    return text.replace("`", "'")
