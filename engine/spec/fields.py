"""The kinds of values a spec holds, each with its one rule: text, lists, folders, names, URLs.

A rule that fails raises PydanticCustomError: its type is the stable name of the rule, its context may hold
a ``hint``.
"""

from __future__ import annotations

import posixpath
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from engine.spec.names import LABEL_LIMIT, slug
from engine.spec.node import short
from engine.spec.public import public_prefix

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")  # a bash name
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
_ORIGIN = re.compile(
    r"https://[a-z0-9.-]+(:\d{1,5})?|http://([a-z0-9-]+\.)*localhost(:\d{1,5})?|http://127\.0\.0\.1(:\d{1,5})?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"Z[A-Z0-9]{1,31}")
_CERTIFICATE_LIMIT = 64  # https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
_LOG_DAYS = frozenset(
    (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
)
_SCALAR = {"type": ["string", "number", "boolean"]}
_TRUTHS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


def wrong(rule: str, message: str, hint: str = "") -> PydanticCustomError:
    """The error of a rule; ``message`` continues the name of the key ("must ...")."""
    return PydanticCustomError(rule, "{reason}", {"reason": message, "hint": hint})


def _text(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def _truth(value: object) -> object:
    if isinstance(value, bool):
        return value
    meant = _TRUTHS.get(value.strip().lower()) if isinstance(value, str) else None
    if meant is None:
        raise wrong("truth", "must be `yes` or `no`", "`yes` publishes all files in one folder.")
    return meant


def listed(value: object) -> object:
    """One text alone is as good as a list of it; nothing is an empty list."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _without_blanks(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if value.strip())


def folder(text: str) -> str:
    """``/dist/`` and ``./dist`` -> ``dist``; the root itself -> ``""``. AWS's own files write ``/`` for it.

    Raises PydanticCustomError (a ValueError) where the path leaves the root.
    """
    if _CONTROL.search(text):
        raise wrong("path", "must be a path on one line", "Take the line break or control character out.")
    clean = posixpath.normpath("./" + text.strip().lstrip("/"))
    if clean == ".." or clean.startswith("../"):
        raise wrong(
            "path-leaves",
            f"leaves its folder: {short(text)}",
            "Name a folder below it. With `buildPath: /` it counts from the repository's root.",
        )
    return "" if clean == "." else clean


def _label(text: str) -> str:
    if slug(text) != text:
        raise wrong(
            "name",
            f"must be a DNS label of at most {LABEL_LIMIT} characters: a-z, 0-9 and -",
            f"Write `{slug(text)}`.",
        )
    return text


def _environment(text: str) -> str:
    if re.fullmatch(r"pr-\d+", text):
        raise wrong("name", "is a name kept for pull requests", "Choose another name.")
    return _label(text)


def _variable(text: str) -> str:
    if not _VARIABLE.fullmatch(text):
        raise wrong("variable", "is no name a shell accepts", "Use letters, digits and _; no digit first.")
    if text.startswith("AWS"):
        raise wrong(
            "variable",
            "is a name AWS keeps for itself, as in Amplify",
            f"Call it e.g. `APP_{short(text[3:].strip('_'))}`.",
        )
    return text


def secret_name(text: str) -> str:
    """``text`` as the name of a secret. Raises PydanticCustomError."""
    if prefix := public_prefix(_variable(text)):
        raise wrong(
            "public-secret",
            f"begins with `{prefix}`, and the values of such variables are written into what browsers load",
            f"What must stay secret is for a server: call it e.g. `{text.removeprefix(prefix)}`. What "
            "everybody may know is a variable: write it under `variables:`.",
        )
    return text


def _header_name(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        raise wrong("header", "must be a header name such as Cache-Control", "No blanks, no colon.")
    return text


def _header_value(text: str) -> str:
    value = " ".join(text.split("\n")).strip()
    if _CONTROL.search(value):
        raise wrong("header", "holds a control character", "Take it out.")
    return value


def _source(text: str) -> str:
    if text.startswith("</"):
        if len(text) < 5 or not text.endswith("/>"):
            raise wrong(
                "source", "begins as a pattern and does not end as one", "Write it as `</^/old/.*$/>`."
            )
    elif not text.startswith(("/", "https://")):
        raise wrong(
            "source",
            "must begin with `/`, `https://` or `</`",
            f"Write `/{short(text)}`, a whole address, or a pattern as `</^/old/.*$/>`.",
        )
    return text


def _target(text: str) -> str:
    if not text.startswith(("/", "https://", "http://")):
        raise wrong("target", "must begin with `/`, `https://` or `http://`", f"Write `/{short(text)}`.")
    return text


def _condition(text: str) -> str:
    if not re.fullmatch(r"<[A-Z]{2}>", text):
        raise wrong(
            "condition", "must be a country such as `<US>`", "Country codes are ISO 3166, two letters."
        )
    return text


def _domain(text: str) -> str:
    if not _HOST.fullmatch(text.removeprefix("*.")):
        raise wrong(
            "domain",
            "must be a host name such as notes.example.com, or *.preview.example.com",
            "No `https://`, no path; a `*` only as the first label.",
        )
    if len(text) > _CERTIFICATE_LIMIT:
        raise wrong(
            "domain",
            f"is longer than the {_CERTIFICATE_LIMIT} characters that AWS Certificate Manager takes",
            "Use a shorter one.",
        )
    return text.lower()


def _zone(text: str) -> str:
    if text.lower() != "none" and not _ZONE.fullmatch(text):
        raise wrong(
            "zone",
            "must be the id of a hosted zone such as Z0123456789ABCDEFGHIJ, or none",
            "`aws route53 list-hosted-zones` shows the ids, without their `/hostedzone/`.",
        )
    return "none" if text.lower() == "none" else text


def _origin(text: str) -> str:
    clean = text.rstrip("/")
    if not _ORIGIN.fullmatch(clean):
        raise wrong(
            "origin",
            "must be an origin such as http://localhost:5173",
            "A scheme, a host, maybe a port; no path. Without TLS only localhost is allowed.",
        )
    return clean.lower()


def _log_days(days: int) -> int:
    if days not in _LOG_DAYS:
        raise wrong("log-days", f"must be one of {', '.join(map(str, sorted(_LOG_DAYS)))}")
    return days


def _reason(text: str) -> str:
    if not text.strip():
        raise wrong(
            "reason", "must say why", "Whoever reads it later must be able to tell if it still holds."
        )
    return text.strip()


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


Text = Annotated[str, BeforeValidator(_text), _schema(**_SCALAR)]
"""Text; a number or a truth value written without quotes counts as its text."""

Texts = Annotated[
    tuple[Annotated[str, BeforeValidator(_text)], ...],
    BeforeValidator(listed),
    AfterValidator(_without_blanks),
    _schema(anyOf=[{"type": "array", "items": {"type": ["string", "number", "boolean", "null"]}}, _SCALAR]),
]
"""A list of texts; one text alone counts as a list of one. Empty ones are dropped."""

Truth = Annotated[bool, BeforeValidator(_truth), _schema(anyOf=[{"type": "boolean"}, {"enum": [*_TRUTHS]}])]
"""Yes or no, in the words that YAML 1.1 and AWS's pages have for it, with or without quotes."""

Folder = Annotated[str, AfterValidator(folder)]
"""A folder below its root, with ``/``, without a leading or trailing one; ``""`` is the root itself."""

Label = Annotated[str, AfterValidator(_label)]
EnvironmentName = Annotated[str, AfterValidator(_environment)]
BranchPattern = Annotated[str, StringConstraints(min_length=1)]
VariableName = Annotated[str, AfterValidator(_variable)]
SecretName = Annotated[str, AfterValidator(secret_name)]
HeaderName = Annotated[str, AfterValidator(_header_name)]
HeaderValue = Annotated[Text, AfterValidator(_header_value)]
Source = Annotated[str, AfterValidator(_source)]
Target = Annotated[str, AfterValidator(_target)]
Condition = Annotated[str, AfterValidator(_condition)]
Domain = Annotated[str, AfterValidator(_domain)]
Zone = Annotated[str, AfterValidator(_zone)]
Origin = Annotated[str, AfterValidator(_origin)]
LogDays = Annotated[int, AfterValidator(_log_days)]
Reason = Annotated[Text, AfterValidator(_reason)]
Status = Annotated[
    Literal["200", "301", "302", "404", "404-200"],
    BeforeValidator(_text),
    _schema(enum=["200", "301", "302", "404", "404-200", 200, 301, 302, 404]),
]
