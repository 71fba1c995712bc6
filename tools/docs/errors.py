"""The errors and their exit codes."""

from __future__ import annotations

from engine import errors
from tools.docs.markdown import code, prose, table

_OTHERS = [
    (0, "", "", "Done."),
    (1, "defect", "", "A defect of Windlass: run again with `windlass --debug` and report what it prints."),
]


def exit_codes() -> str:
    """Every exit code, the code and the class of its errors, and what it means."""
    known = [(kind.exit_code, kind.code, kind.__name__, kind.__doc__ or "") for kind in _kinds()]
    rows = sorted((*_OTHERS, *known), key=lambda row: row[0])
    return table(
        ("exit", "code", "in the library", "meaning"),
        [(str(exit_code), code(name), code(kind), prose(meaning)) for exit_code, name, kind, meaning in rows],
    )


def _kinds() -> list[type[errors.WindlassError]]:
    return [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.WindlassError) and kind.exit_code != 1
    ]
