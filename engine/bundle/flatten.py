"""``discard-paths: yes``: all files in one folder, as CodeBuild does it.

https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.artifacts.discard-paths
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.steps import where_of
from engine.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.spec.model import Spec

_KEY = "frontend.artifacts.discard-paths"


def flattened(paths: Iterable[str], spec: Spec) -> dict[str, str]:
    """From file name to the path of the file that has it, sorted by name.

    Raises BuildError for two files of one name, and names both.
    """
    found: dict[str, str] = {}
    for path in paths:
        name = path.rpartition("/")[2]
        if name in found:
            raise BuildError(
                f"`{found[name]}` and `{path}` would both be published as `{name}`",
                where=where_of(spec, _KEY),
                hint="rename one, leave one out in `artifacts.files`, or take `discard-paths` out",
            )
        found[name] = path
    return dict(sorted(found.items()))
