"""Buckets for files, and who may do what with which of them.

Rules are for a path each: ``public/*``, ``private/{identity}/*``, where ``{identity}`` stands for the id of
the user who owns the files. Without paths, ``owner`` means ``private/{identity}/*``, and everybody else
``public/*``, which is where the Amplify client keeps them by default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from engine.spec.base import Model
from engine.spec.fields import Truth, listed, wrong

Action = Literal["read", "get", "list", "write", "delete"]
IDENTITY = "{identity}"
_PATH = re.compile(r"(?!(.*/)?\.\.?/)([\w!.'()-]+/)*(\{identity\}/([\w!.'()-]+/)*)?\*")
_SUBJECT = re.compile(r"guest|authenticated|owner|groups\.[\w+=,.@-]+")
_BY_OWNER, _BY_OTHERS = f"private/{IDENTITY}/*", "public/*"


def _path(text: str) -> str:
    if not _PATH.fullmatch(text):
        hint = "Write folders and `*`: `public/*`, `private/{identity}/*`."
        raise wrong("path", f"is no path of files: {text}", hint)
    return text


def _prefix(text: str) -> str:
    if IDENTITY in text:
        hint = "Files go away by the folders that their paths begin with: `private/*`."
        raise wrong("path", f"has `{IDENTITY}`, which S3 does not know", hint)
    return _path(text)


def _subject(text: str) -> str:
    if not _SUBJECT.fullmatch(text):
        raise wrong(
            "subject", f"is nobody: {text}", "Write `guest`, `authenticated`, `owner` or `groups.NAME`."
        )
    return text


def _rules(value: object) -> object:
    """Rules without paths as rules with them."""
    if not isinstance(value, Mapping) or not any(_SUBJECT.fullmatch(str(key)) for key in value):
        return value
    by_path: dict[str, dict[object, object]] = {}
    for subject, actions in value.items():
        by_path.setdefault(_BY_OWNER if subject == "owner" else _BY_OTHERS, {})[subject] = actions
    return by_path


Subject = Annotated[str, AfterValidator(_subject)]
Actions = Annotated[tuple[Action, ...], BeforeValidator(listed)]
Rules = dict[Annotated[str, AfterValidator(_path)], dict[Subject, Actions]]
_ANY = WithJsonSchema({"type": "object"})


class Bucket(Model):
    """A private bucket, encrypted by S3; browsers reach it from the environment's own URLs."""

    access: Annotated[Rules, BeforeValidator(_rules), _ANY] = Field(
        {}, description="Path -> who -> what: {'private/{identity}/*': {owner: [read, write, delete]}}."
    )
    versioning: Truth = Field(False, description="Whether what is replaced or deleted is kept as well.")
    expire: dict[Annotated[str, AfterValidator(_prefix)], Annotated[int, Field(ge=1)]] = Field(
        {}, description="Path -> days after which its files go away: {'tmp/*': 7}."
    )
