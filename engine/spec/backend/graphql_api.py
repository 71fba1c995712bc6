"""A GraphQL API on AppSync: a schema, and what answers each field.

https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-overview-js.html
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.spec.base import Model
from engine.spec.fields import Folder, Label, wrong

GraphqlAuthorizer = Literal["auth", "api_key", "iam"]
FieldName = Annotated[str, Field(pattern=r"^[_A-Za-z][A-Za-z0-9_]*\.[_A-Za-z][A-Za-z0-9_]*$")]


class Resolver(Model):
    """What answers a field: a function as it is, or code in JavaScript, with a table, a function or alone."""

    table: Label | None = Field(None, description="A table of `database` that the code asks.")
    function: Label | None = Field(None, description="A function of `functions`.")
    code: Folder | None = Field(
        None, description="The file with `request` and `response`, from the app's folder."
    )

    @model_validator(mode="after")
    def _answers(self) -> Resolver:
        if self.table and self.function:
            raise wrong("resolver", "has a table and a function", "Write one of them.")
        if not self.code and not self.function:
            raise wrong("resolver", "has nothing that answers", "Write `code:` with a file, or `function:`.")
        return self

    @property
    def source(self) -> str:
        """The resource behind it, ``database.notes``; "" for code alone."""
        if self.table:
            return f"database.{self.table}"
        return f"functions.{self.function}" if self.function else ""


class GraphqlApi(Model):
    """An AppSync API. Who may use a field, the schema says with AppSync's directives."""

    schema_file: Folder = Field(alias="schema", description="The file of its schema, from the app's folder.")
    authorizers: tuple[GraphqlAuthorizer, ...] = Field(
        ("auth",),
        min_length=1,
        description="auth: users; api_key: everybody with the key; iam. First: default.",
    )
    resolvers: dict[FieldName, Resolver] = Field({}, description="`Query.listNotes` -> what answers it.")
    log: Literal["none", "errors", "all"] = Field("errors", description="What of its requests is logged.")

    @property
    def files(self) -> tuple[str, ...]:
        """All files that it is made from."""
        codes = (resolver.code for resolver in self.resolvers.values() if resolver.code)
        return tuple(dict.fromkeys((self.schema_file, *codes)))
