"""Resource options that every program shares."""

from __future__ import annotations

import pulumi

from engine.plan.model import VOLATILE_TAGS


def options(*, protect: bool = False, parent: pulumi.Resource | None = None) -> pulumi.ResourceOptions:
    """Options of a tagged resource: tags that change with every commit are set once, at creation."""
    ignored = [f'{tags}["{tag}"]' for tags in ("tags", "tagsAll") for tag in VOLATILE_TAGS]
    return pulumi.ResourceOptions(protect=protect, parent=parent, ignore_changes=ignored)
