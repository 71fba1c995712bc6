"""SQL databases: PostgreSQL on Aurora Serverless v2, in the VPC of the policy.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from engine.spec.base import Model
from engine.spec.fields import Truth, wrong

Capacity = Annotated[float, Field(le=256, multiple_of=0.5)]


def _version(value: object) -> object:
    return str(value) if isinstance(value, int) else value


class Sql(Model):
    """A PostgreSQL database, encrypted; its password is made, kept and changed by AWS."""

    version: Annotated[Literal["15", "16", "17"], BeforeValidator(_version)] = Field(
        "16", description="The major version of PostgreSQL; AWS installs minor ones by itself."
    )
    min_capacity: Capacity = Field(
        0.5, ge=0, description="The least capacity units (2 GB each); with 0 it pauses when nobody uses it."
    )
    max_capacity: Capacity = Field(2, ge=1, description="The most capacity units.")
    pause_minutes: int = Field(
        5, ge=5, le=1440, description="Minutes without use before it pauses, where `min_capacity` is 0."
    )
    database: str = Field(
        "app", pattern=r"^[A-Za-z][A-Za-z0-9_]{0,62}$", description="The database that it is made with."
    )
    data_api: Truth = Field(
        True, description="Whether functions may send SQL over HTTPS (RDS Data API), without the VPC."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Sql:
        if self.min_capacity > self.max_capacity:
            raise wrong(
                "capacity", "has `min_capacity` above `max_capacity`", "Write the smaller one as the least."
            )
        return self
