"""The files of a GraphQL API, read for the plan, and how long its key is good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from engine.errors import Problem, SpecError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.spec.backend.graphql_api import GraphqlApi
    from engine.spec.model import Spec

_LONGEST = timedelta(days=365)  # that AppSync takes


def graphql_files(spec: Spec, app_folder: Path) -> dict[str, str]:
    """The text of each file by its path in the spec. Raises SpecError that names all that are missing."""
    api = spec.backend.api.graphql
    if api is None:
        return {}
    if missing := tuple(_missing(api, spec, app_folder)):
        raise SpecError(missing)
    return {file: (app_folder / file).read_text() for file in api.files}


def key_expiry(now: float) -> str:
    """A year after the month began: the same for a month, so that a deployment a day changes nothing."""
    today = datetime.fromtimestamp(now, UTC)
    month = today.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (month + _LONGEST).strftime("%Y-%m-%dT%H:%M:%SZ")


def _missing(api: GraphqlApi, spec: Spec, app_folder: Path) -> Iterator[Problem]:
    at = "backend.api.graphql"
    named = {f"{at}.schema": api.schema_file}
    named |= {f"{at}.resolvers.{field}.code": one.code for field, one in api.resolvers.items() if one.code}
    for key, file in named.items():
        if not (app_folder / file).is_file():
            where = Where(spec.file, spec.lines.get(key) or spec.lines.get(at))
            yield Problem(
                "no-file", f"`{key}`: there is no file {file}", where, "Name it from the app's folder.", key
            )
