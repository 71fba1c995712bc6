"""What the app team wants: the models of ``amplify.yml``, one :class:`Spec` per application.

Keys, phases and defaults are Amplify's
(https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html); the sections
``app``, ``environments``, ``redirects``, ``trailing_slash`` and all but the variables of ``env`` are
Windlass's own, and Amplify ignores them.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from engine.spec import fields
from engine.spec.backend.backend import Backend
from engine.spec.base import Model
from engine.spec.env import Env, Variables
from engine.spec.fields import Text, Texts
from engine.spec.phases import Phases, TestPhases


class Artifacts(Model):
    """Which files of which folder are the app. ``base_directory`` is relative to the app root."""

    base_directory: fields.Folder | None = Field(
        None,
        alias="baseDirectory",
        description="The folder the build leaves; a leading / is the app root.",
        examples=["dist"],
    )
    files: Texts = Field(
        ("**/*",), description="Globs below baseDirectory; '**/*' is everything.", examples=[["**/*"]]
    )
    discard_paths: fields.Truth = Field(
        False, alias="discard-paths", description="yes publishes all files in one folder, without their own."
    )


class TestArtifacts(Artifacts):
    """What the test phase leaves for people to read."""

    __test__ = False
    config_file_path: str | None = Field(
        None,
        alias="configFilePath",
        description="Glob of the reports of tests: JUnit XML or mochawesome.",
        examples=["**/junit.xml"],
    )


class Cache(Model):
    """Folders kept from one build to the next, relative to the app root."""

    paths: Texts = Field(
        (), description="Globs of what to keep; a leading ! leaves out.", examples=[["node_modules/**/*"]]
    )


class Header(Model):
    """One response header."""

    key: fields.HeaderName = Field(description="The header's name.", examples=["Cache-Control"])
    value: fields.HeaderValue = Field(description="The header's value.", examples=["no-cache"])


class HeaderRule(Model):
    """Headers for every URL path that matches ``pattern`` (Amplify's glob: ``**/*.html``, ``/static/*``)."""

    pattern: str = Field(min_length=1, description="Glob of URL paths.", examples=["**/*", "/static/*"])
    headers: tuple[Header, ...] = Field(description="The headers to set.")
    environments: Texts = Field(
        (), description="Only in these environments (see redirects).", examples=[["preview"]]
    )


class Redirect(Model):
    """A redirect (301, 302), a rewrite (200), or what answers for a missing file (404, 404-200).

    https://docs.aws.amazon.com/amplify/latest/userguide/redirects.html
    """

    source: fields.Source = Field(
        min_length=1,
        max_length=2048,
        description="A path, an address, or a pattern (</regex/>).",
        examples=["/old/<*>", "/blog/<year>", "</^[/]api[/]/>"],
    )
    target: fields.Target = Field(
        min_length=1,
        max_length=2048,
        description="A path or an address; <*> is what the source's held.",
        examples=["/new/<*>"],
    )
    status: fields.Status = Field(
        "302",
        description="200 rewrites, 301 and 302 redirect, 404 and 404-200 answer for a missing file.",
        examples=[301],
    )
    condition: fields.Condition | None = Field(
        None, description="Only for visitors of a country.", examples=["<US>"]
    )
    environments: Texts = Field(
        (),
        description="Only in these environments, by name, glob or policy. Default: in all.",
        examples=[["preview", "pr-*"]],
    )


class Frontend(Model):
    """How the app is built and what of it is published."""

    build_path: fields.Folder | None = Field(
        None,
        alias="buildPath",
        description="Where the commands run, from the repository's root; / is that.",
        examples=["/"],
    )
    phases: Phases | None = Field(None, description="The commands that build the app.")
    artifacts: Artifacts = Field(Artifacts(), description="What of the build is published.")
    cache: Cache = Field(Cache(), description="What is kept for the next build.")


class Test(Model):
    """Runs after the build and before anything is published; a failure stops the deployment."""

    __test__ = False
    phases: TestPhases | None = Field(None, description="The commands that test the app.")
    artifacts: TestArtifacts = Field(TestArtifacts(), description="The reports to keep.")


class BorrowedBackend(Model):
    """Whose backend an environment uses instead of one of its own."""

    lender: fields.EnvironmentName = Field(
        alias="from",
        description="The environment that lends its backend; the `lend` of its policy must allow it.",
        examples=["staging"],
    )


class EnvironmentRule(Model):
    """Which branch or pull requests an environment takes. ``branch`` may be a glob (``release/*``)."""

    branch: str | None = Field(
        None, min_length=1, description="A branch, or a glob.", examples=["main", "release/*"]
    )
    pull_requests: bool = Field(
        False, description="Whether pull requests get previews by this rule.", examples=[True]
    )
    policy: str | None = Field(
        None, min_length=1, description="The policy of stacks/ if not of this name.", examples=["staging"]
    )
    domain: fields.Domain | None = Field(
        None,
        description="The host name; a leading *. stands for the names of the rule's environments.",
        examples=["notes.example.com", "*.preview.example.com"],
    )
    www: bool | None = Field(
        None,
        description="Whether www.<domain> (or <domain> without its www.) redirects to `domain`. Default: yes "
        "for a domain such as example.com or www.example.com, no for its subdomains.",
        examples=[False],
    )
    zone: fields.Zone | None = Field(
        None,
        description="The Route 53 hosted zone of the domain, by its id, or none where DNS is elsewhere. "
        "Default: the policy's, else the public hosted zone of the account that fits best.",
        examples=["Z0123456789ABCDEFGHIJ", "none"],
    )
    variables: dict[fields.VariableName, Text] = Field(
        {}, description="Name -> value for builds of this environment, over those of `env` and the policy."
    )
    basic_auth: fields.SecretName | None = Field(
        None,
        description="Name of the secret that holds `user:password`, which visitors must know.",
        examples=["PREVIEW_LOGIN"],
    )
    backend: BorrowedBackend | None = Field(
        None,
        description="Whose backend it borrows: it then has no tables, users, buckets, functions of its own.",
        examples=[{"from": "staging"}],
    )


class Application(Model):
    """One application: everything a file without ``applications`` may hold, and its folder."""

    app: fields.Label | None = Field(
        None,
        description="The app's name (a DNS label). Default: the repository's name, else the folder's.",
        examples=["notes"],
    )
    app_root: fields.Folder | None = Field(
        None,
        alias="appRoot",
        description="The application's folder in the repository.",
        examples=["apps/web"],
    )
    env: Env = Field(Env(), description="Variables of the build, and the secrets that it asks for.")
    backend: Backend = Field(Backend(), description="Phases before and after provisioning, and resources.")
    frontend: Frontend = Field(Frontend(), description="How the app is built and what of it is published.")
    test: Test | None = Field(None, description="Runs before anything is published; a failure stops it.")
    custom_headers: tuple[HeaderRule, ...] = Field(
        (), alias="customHeaders", description="Response headers; customHttp.yml overrides them."
    )
    redirects: tuple[Redirect, ...] = Field(
        (),
        description="Redirects and rewrites; the first match wins.",
        examples=[[{"source": "/old/<*>", "target": "/new/<*>", "status": 301}]],
    )
    trailing_slash: Literal["add", "remove", "keep"] | None = Field(
        None,
        description="Whether addresses of pages end with /: add and remove redirect, keep takes both."
        " Default: as in Amplify, /about for about.html and /about/ for about/index.html.",
        examples=["remove"],
    )
    environments: dict[fields.EnvironmentName, EnvironmentRule] = Field(
        {},
        description="Name of an environment -> which branch or pull requests it takes.",
        examples=[{"prod": {"branch": "main"}, "preview": {"branch": "*", "pull_requests": True}}],
    )


class Silence(Model):
    """A rule of ``windlass check`` that says nothing here, and why that is right."""

    rule: str = Field(min_length=1, description="The name of the rule, as `windlass check` prints it.")
    reason: fields.Reason = Field(description="Why what the rule finds is right here.")
    paths: Texts = Field((), description="Globs of files, from this file's folder. Default: everywhere.")


class Check(Model):
    """What ``windlass check`` leaves out."""

    ignore: tuple[Silence, ...] = Field((), description="Rules that say nothing, each with a reason.")


class SpecFile(Application):
    """A whole ``amplify.yml``: one application, or several under ``applications``."""

    version: Text = Field("1", description="Amplify's version of the format.")
    check: Check = Field(Check(), description="What `windlass check` leaves out, and why.")
    applications: tuple[Application, ...] = Field(
        (), description="The applications of a monorepo; each takes the keys of the top."
    )


class HeadersOf(Model):
    """The headers of one application in ``customHttp.yml``."""

    app_root: fields.Folder = Field("", alias="appRoot")
    custom_headers: tuple[HeaderRule, ...] = Field((), alias="customHeaders")


class HeadersFile(Model):
    """A whole ``customHttp.yml``.

    https://docs.aws.amazon.com/amplify/latest/userguide/custom-header-YAML-format.html
    """

    custom_headers: tuple[HeaderRule, ...] = Field((), alias="customHeaders")
    applications: tuple[HeadersOf, ...] = ()


class Spec(Model):
    """One application, read and checked. Made by :func:`engine.spec.load_spec`."""

    app: str
    app_root: str = ""  # relative to the project folder, "" is the folder itself; no leading or trailing /
    version: str = "1"
    variables: dict[str, Text] = Field({})
    secrets: tuple[str, ...] = ()
    branches: dict[str, Variables] = Field({})
    pull_requests: Variables = Variables()
    backend: Backend = Backend()
    frontend: Frontend = Frontend()
    test: Test | None = None
    custom_headers: tuple[HeaderRule, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    trailing_slash: Literal["add", "remove", "keep"] | None = None
    environments: dict[str, EnvironmentRule] = Field({})
    file: str = ""  # absolute path of the amplify.yml, or "" where none was read
    headers_file: str = ""  # absolute path of the customHttp.yml that gave custom_headers, or ""
    digest: str = ""  # SHA-256 of the file's bytes, hex
    lines: dict[str, int] = Field({}, repr=False)  # dotted key -> line in `file`, from 1
