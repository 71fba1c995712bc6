"""How long the sections of a build may take together: Amplify's ``_BUILD_TIMEOUT``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.steps import where_of
from engine.errors import BuildError
from engine.events import Warned

if TYPE_CHECKING:
    from engine.build.model import BuildRequest
    from engine.spec.model import Spec

FEWEST, USUAL, MOST = 5, 30, 120  # minutes
_KEY = "env.variables._BUILD_TIMEOUT"


@dataclass(frozen=True, slots=True)
class Limit:
    """``seconds`` for all sections together; ``warning`` where another number was written."""

    seconds: float
    warning: Warned | None = None


def limit_of(text: str, spec: Spec) -> Limit:
    """The limit that ``_BUILD_TIMEOUT`` (minutes, as written) stands for; 30 minutes for "".

    Amplify takes 5 to 120 (https://docs.aws.amazon.com/amplify/latest/userguide/environment-variables.html),
    so the nearest of these is taken for any other. Raises BuildError for what is no number of minutes.
    """
    try:
        minutes = float(text.strip() or USUAL)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes < float("inf"):
        raise BuildError(
            f"_BUILD_TIMEOUT is `{text}`, which is no number of minutes",
            where=where_of(spec, _KEY),
            hint="write whole minutes, such as `_BUILD_TIMEOUT: 60`",
        )
    taken = min(max(minutes, FEWEST), MOST)
    return Limit(taken * 60, None if taken == minutes else _warning(text, taken, spec))


def timeout_of(request: BuildRequest) -> float:
    """The seconds the whole build may take; see :func:`limit_of`."""
    if request.timeout is not None:
        return request.timeout
    return limit_of(request.variables.get("_BUILD_TIMEOUT", ""), request.spec).seconds


def _warning(text: str, taken: float, spec: Spec) -> Warned:
    return Warned(
        f"_BUILD_TIMEOUT is {text.strip()} minutes; {taken:.0f} are taken",
        hint=f"write {FEWEST} to {MOST}, as for Amplify",
        where=str(where_of(spec, _KEY) or ""),
    )
