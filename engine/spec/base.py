"""The base of all models of the spec."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator


class Model(BaseModel):
    """Base of all spec models: frozen, unknown keys refused, read by their YAML names.

    ``free_keys``: in the file its keys are names that its own validator reads, not those of its fields.
    """

    free_keys: ClassVar[bool] = False

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        """A key with nothing after it (``cache:``) is as good as no key; real files have many."""
        if value is None:
            return {}
        return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value
