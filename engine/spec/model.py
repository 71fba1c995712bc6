"""What the app team wants: the models of ``amplify.yml``, one :class:`Spec` per application.

Keys, phases and defaults are Amplify's
(https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html); the sections
``app``, ``environments`` and ``redirects`` are Windlass's own, and Amplify ignores them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Model(BaseModel):
    """Base of all spec models: frozen, unknown keys refused, read by their YAML names."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _listed(value: object) -> object:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _text(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Phase(Model):
    """The commands of one phase, run in order in one bash."""

    commands: Texts = ()


class Phases(Model):
    """The phases of ``backend`` and ``frontend``."""

    pre_build: Phase | None = Field(None, alias="preBuild")
    build: Phase | None = None
    post_build: Phase | None = Field(None, alias="postBuild")


class TestPhases(Model):
    """The phases of ``test``."""

    __test__ = False
    pre_test: Phase | None = Field(None, alias="preTest")
    test: Phase | None = None
    post_test: Phase | None = Field(None, alias="postTest")


class Artifacts(Model):
    """Which files of which folder are the app. ``base_directory`` is relative to the app root."""

    base_directory: str | None = Field(None, alias="baseDirectory")
    files: Texts = ("**/*",)


class TestArtifacts(Artifacts):
    """What the test phase leaves for people to read."""

    __test__ = False
    config_file_path: str | None = Field(None, alias="configFilePath")


class Cache(Model):
    """Folders kept from one build to the next, relative to the app root."""

    paths: Texts = ()


class Header(Model):
    """One response header."""

    key: str
    value: Text


class HeaderRule(Model):
    """Headers for every URL path that matches ``pattern`` (Amplify's glob: ``**/*.html``, ``/static/*``)."""

    pattern: str
    headers: tuple[Header, ...]


class Redirect(Model):
    """A redirect (301, 302), a rewrite (200), or what answers for a missing file (404, 404-200).

    https://docs.aws.amazon.com/amplify/latest/userguide/redirects.html
    """

    source: str = Field(min_length=1, max_length=2048)
    target: str = Field(min_length=1, max_length=2048)
    status: Annotated[Literal["200", "301", "302", "404", "404-200"], BeforeValidator(_text)] = "302"
    condition: str | None = None


class Backend(Model):
    """Amplify's backend section: phases that run before the frontend's."""

    phases: Phases | None = None


class Frontend(Model):
    """How the app is built and what of it is published."""

    build_path: str | None = Field(None, alias="buildPath")
    phases: Phases | None = None
    artifacts: Artifacts = Artifacts()
    cache: Cache = Cache()


class Test(Model):
    """Runs after the build and before anything is published; a failure stops the deployment."""

    __test__ = False
    phases: TestPhases | None = None
    artifacts: TestArtifacts = TestArtifacts()


class EnvironmentRule(Model):
    """Which branch or pull requests an environment takes. ``branch`` may be a glob (``release/*``)."""

    branch: str | None = None
    pull_requests: bool = False
    policy: str | None = None
    domain: str | None = None


class Spec(Model):
    """One application, read and checked. Made by :func:`engine.spec.load_spec`."""

    app: str
    app_root: str = ""  # relative to the project folder, "" is the folder itself; no leading or trailing /
    version: str = "1"
    variables: dict[str, Text] = {}
    backend: Backend = Backend()
    frontend: Frontend = Frontend()
    test: Test | None = None
    custom_headers: tuple[HeaderRule, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    environments: dict[str, EnvironmentRule] = {}
    file: str = ""  # absolute path of the amplify.yml, or "" where none was read
    digest: str = ""  # SHA-256 of the file's bytes, hex
    lines: dict[str, int] = Field({}, repr=False)  # dotted key -> line in `file`, from 1
