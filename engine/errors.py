"""One family of errors: a code, an exit code, where, what, and what to do next.

Every error that a user can cause is a :class:`WindlassError`. The command line prints it without a
traceback and ends with its ``exit_code``; a library caller catches it and reads its fields.

==== ======================================================================
exit meaning
==== ======================================================================
0    done
1    a defect of Windlass (the only case with a traceback, under ``--debug``)
2    the call or a file is wrong: option, ``amplify.yml``, policy
3    a prerequisite is missing: Node, Go, Pulumi, AWS credentials
4    provisioning failed
5    the build or the tests of the app failed
6    publishing or activating failed
7    the release did not verify; the earlier one is live again
8    the environment is locked by another deployment
9    a guard refused: protected environment, stateful resource, wrong account
10   there is no such environment, release or deployment
11   the local target failed
12   AWS did not do what was asked, or the function that was called failed
13   AWS is not as it was deployed
130  cancelled
==== ======================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file. ``line`` and ``column`` count from 1; None means the whole file."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or worth a warning, in a file.

    ``rule`` is a stable kebab-case name, ``key`` the dotted path of the key in the file (may be empty).
    """

    rule: str
    message: str
    where: Where | None = None
    hint: str = ""
    key: str = ""
    severity: str = "error"  # "error" or "warning"

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.severity}[{self.rule}]: {self.message}"


class WindlassError(Exception):
    """Base of every error a user can cause.

    Fields: ``code`` (stable, kebab-case), ``exit_code`` (see the module table), ``message`` (what),
    ``where`` (file and line, if any), ``hint`` (what to do next), ``details`` (lines worth showing, such
    as the last output of a failed command).
    """

    code: ClassVar[str] = "windlass"
    exit_code: ClassVar[int] = 1

    def __init__(
        self, message: str, *, hint: str = "", where: Where | None = None, details: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where
        self.details = details

    def to_json(self) -> dict[str, Any]:
        """The error as plain JSON values, for ``--json`` and services."""
        return {
            "code": self.code,
            "exit_code": self.exit_code,
            "message": self.message,
            "hint": self.hint,
            "where": str(self.where) if self.where else None,
            "details": list(self.details),
        }


class UsageError(WindlassError):
    """A value given to a verb makes no sense: a missing folder, a branch nobody named."""

    code, exit_code = "usage", 2


class SpecError(WindlassError):
    """``amplify.yml`` (or ``customHttp.yml``, or a policy) is wrong. ``problems`` holds all of it."""

    code, exit_code = "spec", 2

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{first.message}{more}", hint=first.hint, where=first.where)
        self.problems = problems

    def to_json(self) -> dict[str, Any]:
        problems = [
            {
                "rule": p.rule,
                "severity": p.severity,
                "key": p.key,
                "message": p.message,
                "hint": p.hint,
                "where": str(p.where) if p.where else None,
            }
            for p in self.problems
        ]
        return {**super().to_json(), "problems": problems}


class PrerequisiteError(WindlassError):
    """Something the machine must have is missing; the hint says how to get it."""

    code, exit_code = "prerequisite", 3


class ProvisionError(WindlassError):
    """Pulumi or AWS refused. ``details`` are the diagnostics of the failed resources."""

    code, exit_code = "provision", 4


class BuildError(WindlassError):
    """A command of the app failed, or what it left is not what the spec names."""

    code, exit_code = "build", 5


class PublishError(WindlassError):
    """The release could not be uploaded or made live. What was live still is."""

    code, exit_code = "publish", 6


class VerifyError(WindlassError):
    """The new release did not answer as it should; the earlier one is live again."""

    code, exit_code = "verify", 7


class LockedError(WindlassError):
    """Another deployment holds the environment; the message says who and since when."""

    code, exit_code = "locked", 8


class GuardError(WindlassError):
    """A rule of the platform team refused; ``details`` list what it protects."""

    code, exit_code = "guard", 9


class NotFoundError(WindlassError):
    """There is no such environment, release or deployment."""

    code, exit_code = "not-found", 10


class LocalTargetError(WindlassError):
    """The embedded AWS could not be started or does not answer."""

    code, exit_code = "local-target", 11


class AwsError(WindlassError):
    """AWS refused a call, or did not answer; ``details`` are its words."""

    code, exit_code = "aws", 12


class InvokeError(WindlassError):
    """The function that was called failed; ``details`` are its trace."""

    code, exit_code = "invoke", 12


class DriftError(WindlassError):
    """Somebody else has changed what was deployed."""

    code, exit_code = "drift", 13


class CancelledError(WindlassError):
    """The caller cancelled; what was live still is."""

    code, exit_code = "cancelled", 130
