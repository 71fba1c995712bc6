"""Windlass as a library: your own Amplify, on Pulumi, in your own AWS account.

>>> from engine import Engine
>>> deployment = Engine("my-app", target="local").deploy(branch="main").wait()

Everything here is loaded when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.bundle.model import Bundle, BundleFile
    from engine.engine import Engine
    from engine.errors import (
        AwsError,
        BuildError,
        CancelledError,
        DriftError,
        GuardError,
        InvokeError,
        LocalTargetError,
        LockedError,
        NotFoundError,
        PrerequisiteError,
        Problem,
        ProvisionError,
        PublishError,
        SpecError,
        UsageError,
        VerifyError,
        Where,
        WindlassError,
    )
    from engine.events import Event
    from engine.invoke import FunctionFailure, Invocation
    from engine.logs.model import LogEntry
    from engine.permissions import Permission, RolePermissions
    from engine.plan.changes import Change
    from engine.plan.model import Plan
    from engine.provision.difference import Difference
    from engine.results import (
        BuiltBundle,
        ChangedDeployments,
        Deployment,
        DomainStatus,
        Drift,
        Explanation,
        GivenValues,
        ImportedRoutes,
        ListedRoute,
        PlanPreview,
        Releases,
        ResourceInfo,
        SecretChange,
        Secrets,
        Status,
        TestedRoutes,
        Verification,
    )
    from engine.run import Run
    from engine.spec import load_spec
    from engine.spec.model import Spec

_HOMES = {
    "engine.bundle.model": ("Bundle", "BundleFile"),
    "engine.engine": ("Engine",),
    "engine.errors": (
        "AwsError",
        "BuildError",
        "CancelledError",
        "DriftError",
        "GuardError",
        "InvokeError",
        "LocalTargetError",
        "LockedError",
        "NotFoundError",
        "PrerequisiteError",
        "Problem",
        "ProvisionError",
        "PublishError",
        "SpecError",
        "UsageError",
        "VerifyError",
        "Where",
        "WindlassError",
    ),
    "engine.events": ("Event",),
    "engine.invoke": ("FunctionFailure", "Invocation"),
    "engine.logs.model": ("LogEntry",),
    "engine.permissions": ("Permission", "RolePermissions"),
    "engine.plan.changes": ("Change",),
    "engine.plan.model": ("Plan",),
    "engine.provision.difference": ("Difference",),
    "engine.results": (
        "BuiltBundle",
        "ChangedDeployments",
        "Deployment",
        "DomainStatus",
        "Drift",
        "Explanation",
        "GivenValues",
        "ImportedRoutes",
        "ListedRoute",
        "PlanPreview",
        "Releases",
        "ResourceInfo",
        "SecretChange",
        "Secrets",
        "Status",
        "TestedRoutes",
        "Verification",
    ),
    "engine.run": ("Run",),
    "engine.spec": ("load_spec",),
    "engine.spec.model": ("Spec",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AwsError",
    "BuildError",
    "BuiltBundle",
    "Bundle",
    "BundleFile",
    "CancelledError",
    "Change",
    "ChangedDeployments",
    "Deployment",
    "Difference",
    "DomainStatus",
    "Drift",
    "DriftError",
    "Engine",
    "Event",
    "Explanation",
    "FunctionFailure",
    "GivenValues",
    "GuardError",
    "ImportedRoutes",
    "Invocation",
    "InvokeError",
    "ListedRoute",
    "LocalTargetError",
    "LockedError",
    "LogEntry",
    "NotFoundError",
    "Permission",
    "Plan",
    "PlanPreview",
    "PrerequisiteError",
    "Problem",
    "ProvisionError",
    "PublishError",
    "Releases",
    "ResourceInfo",
    "RolePermissions",
    "Run",
    "SecretChange",
    "Secrets",
    "Spec",
    "SpecError",
    "Status",
    "TestedRoutes",
    "UsageError",
    "Verification",
    "VerifyError",
    "Where",
    "WindlassError",
    "load_spec",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(home), name)
