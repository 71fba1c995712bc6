from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.bundle.collect import ASK_AGAIN, FOR_EVER, collect
from engine.errors import BuildError
from engine.events import Event, Warned
from engine.spec.model import Artifacts, Frontend, Spec

if TYPE_CHECKING:
    from engine.bundle.model import Bundle

NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8
).filter(lambda name: name not in (".", "..", ".git", ".windlass"))


class App:
    """A project folder with what a build left."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.events: list[Event] = []

    def write(self, path: str, content: bytes = b"x") -> Path:
        file = self.project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    def collect(self, base: str | None = "dist", *files: str, **spec: object) -> Bundle:
        artifacts = {"baseDirectory": base} | ({"files": list(files)} if files else {})
        frontend = {"artifacts": artifacts} | {k: spec.pop(k) for k in ("buildPath",) if k in spec}
        return self.collect_spec(Spec.model_validate({"app": "demo", "frontend": frontend, **spec}))

    def collect_spec(self, spec: Spec) -> Bundle:
        return asyncio.run(collect(self.project, spec, self.events.append))

    def refused(self, *arguments: str | None, **spec: object) -> BuildError:
        with pytest.raises(BuildError) as caught:
            self.collect(*arguments, **spec)  # type: ignore[arg-type]
        return caught.value

    @property
    def warnings(self) -> list[str]:
        return [event.message for event in self.events if isinstance(event, Warned)]


@pytest.fixture
def app(tmp_path: Path) -> App:
    (tmp_path / "project").mkdir()
    return App(tmp_path / "project")


def paths(bundle: Bundle) -> list[str]:
    return [file.path for file in bundle.files]


def test_what_is_known_of_each_file(app):
    app.write("dist/index.html", b"<p>hi")
    app.write("dist/assets/index-BxY2a9Zk.js", b"js")
    page, script = sorted(app.collect().files, key=lambda file: file.path, reverse=True)
    assert (page.path, page.size, page.sha256) == ("index.html", 5, hashlib.sha256(b"<p>hi").hexdigest())
    assert (page.content_type, page.cache_control) == ("text/html; charset=utf-8", ASK_AGAIN)
    assert (page.fingerprinted, script.fingerprinted) == (False, True)
    assert script.cache_control == FOR_EVER
    assert not app.warnings


def test_redirects_and_headers_come_from_the_spec(app):
    app.write("dist/index.html")
    bundle = app.collect(
        redirects=[{"source": "/a", "target": "/b"}],
        custom_headers=[{"pattern": "**/*", "headers": [{"key": "X-A", "value": "1"}]}],
    )
    assert bundle.redirects[0].target == "/b" and bundle.headers[0].headers[0].key == "X-A"


def test_odd_names_are_kept_as_they_are(app):
    odd = ["a b.txt", "100%.txt", "c#d.txt", "日本.html", "[id].html", "q?&=.js", "e\u0301.txt", "'\"`$.txt"]
    for name in (*odd, "index.html", ".well-known/security.txt"):
        app.write(f"dist/{name}")
    bundle = app.collect()
    assert paths(bundle) == sorted([*odd, "index.html", ".well-known/security.txt"])
    assert all((bundle.root / path).is_file() for path in paths(bundle))


@given(st.dictionaries(st.lists(NAMES, min_size=1, max_size=3).map(tuple), st.binary(max_size=9), max_size=6))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_all_files_are_found_whatever_their_names(tmp_path_factory, tree):
    app = App(tmp_path_factory.mktemp("tree"))
    written = {}
    for parts, content in {("index.html",): b"", **tree}.items():
        path = "/".join(parts)
        try:
            app.write(f"dist/{path}", content)
        except (NotADirectoryError, FileExistsError, IsADirectoryError):
            continue
        written[path] = content
    bundle = app.collect()
    assert paths(bundle) == sorted(written)
    assert {f.path: f.sha256 for f in bundle.files} == {
        path: hashlib.sha256(content).hexdigest() for path, content in written.items()
    }


@pytest.mark.parametrize(
    ("globs", "expected"),
    [
        (["**/*"], [".well-known/x", "a/b.js", "a/c.css", "index.html", "m.map"]),
        (["*"], ["index.html", "m.map"]),
        (["**/*.{js,css}"], ["a/b.js", "a/c.css"]),
        (["index.html", ".well-known/x"], [".well-known/x", "index.html"]),
        (["**/*", "!**/*.map", "!a/**"], [".well-known/x", "index.html"]),
        (["a"], ["a/b.js", "a/c.css"]),
    ],
)
def test_files_are_globs_below_the_folder(app, globs, expected):
    for path in (".well-known/x", "a/b.js", "a/c.css", "index.html", "m.map"):
        app.write(f"dist/{path}")
    assert paths(app.collect("dist", *globs)) == expected


@pytest.mark.parametrize("base", ["dist", "/dist", "dist/", "./dist", "/dist/", " dist "])
def test_the_folder_may_be_written_in_any_way(app, base):
    app.write("dist/index.html")
    assert paths(app.collect(base)) == ["index.html"]


@pytest.mark.parametrize("base", ["/", ".", "./"])
def test_the_app_itself_is_published_without_git_and_windlass(app, base):
    for path in ("index.html", ".git/config", ".windlass/state", "css/a.css"):
        app.write(path)
    assert paths(app.collect(base)) == ["css/a.css", "index.html"]


def test_the_folder_counts_from_the_app_root_or_the_build_path(app):
    app.write("apps/web/dist/index.html", b"app root")
    app.write("dist/index.html", b"project")
    app.write("apps/dist/index.html", b"build path")
    sizes = [
        app.collect(app_root="apps/web").size,
        app.collect(app_root="apps/web", buildPath="/").size,
        app.collect(app_root="apps/web", buildPath="apps").size,
    ]
    assert sizes == [len("app root"), len("project"), len("build path")]


@pytest.mark.parametrize("there", ["dist", "build", "out", "_site", ".output/public", "dist/app/browser"])
def test_a_missing_folder_names_the_one_that_was_meant(app, there):
    app.write(f"{there}/index.html")
    error = app.refused("wrong")
    assert error.message == "baseDirectory `wrong` does not exist after the build"
    assert f"did you mean `{there}`" in error.hint


def test_a_missing_folder_without_a_guess(app):
    assert "no commands, so nothing was built" in app.refused("dist").message
    assert "did the build run" in app.refused(None).hint
    app.write("index.html")
    assert "did you mean `/`" in app.refused("dist").hint
    assert "did you mean `/`" in app.refused(None).hint


def test_a_file_is_no_folder(app):
    app.write("dist")
    assert "is a file" in app.refused("dist").message


@pytest.mark.parametrize("base", ["..", "../other", "dist/../../other"])
def test_a_folder_outside_of_the_app_is_refused(app, base):
    (app.project.parent / "other").mkdir()
    (app.project / "dist").mkdir()
    unchecked = Artifacts.model_construct(base_directory=base, files=("**/*",))
    spec = Spec(app="demo").model_copy(update={"frontend": Frontend.model_construct(artifacts=unchecked)})
    with pytest.raises(BuildError, match="outside of the app") as caught:
        app.collect_spec(spec)
    assert "buildPath" in caught.value.hint


def test_a_linked_folder_inside_the_app_is_fine_and_outside_is_not(app):
    app.write(".output/public/index.html")
    (app.project / "dist").symlink_to(".output/public")
    assert paths(app.collect()) == ["index.html"]
    outside = app.project.parent / "outside"
    outside.mkdir()
    (app.project / "out").symlink_to(outside)
    assert "outside of the app" in app.refused("out").message


@pytest.mark.parametrize("name", ["key.txt", "folder"])
def test_a_link_that_leaves_the_app_is_refused_by_name(app, name):
    outside = app.project.parent / "secrets"
    outside.mkdir()
    (outside / "key.txt").write_text("secret")
    app.write("dist/index.html")
    (app.project / "dist/sub").mkdir()
    (app.project / f"dist/sub/{name}").symlink_to(outside / "key.txt" if "." in name else outside)
    error = app.refused()
    assert f"`sub/{name}` is a link that leaves the app" in error.message
    assert "key.txt" in error.message or "secrets" in error.message
    assert paths(app.collect("dist", "**/*", f"!sub/{name}")) == ["index.html"]


def test_links_inside_the_app_are_followed(app):
    app.write("shared/logo.svg", b"<svg>")
    app.write("dist/index.html")
    (app.project / "dist/logo.svg").symlink_to("../shared/logo.svg")
    (app.project / "dist/img").symlink_to("../shared")
    bundle = app.collect()
    assert paths(bundle) == ["img/logo.svg", "index.html", "logo.svg"]
    assert len({file.sha256 for file in bundle.files if file.path.endswith("svg")}) == 1


@pytest.mark.parametrize("target", [".", "..", "../.."])
def test_a_link_to_a_folder_above_is_refused(app, target):
    app.write("dist/a/index.html")
    (app.project / "dist/a/loop").symlink_to(target)
    assert "a folder that it is in itself" in app.refused().message


def test_a_link_to_nothing_is_left_out_with_a_warning(app):
    app.write("dist/index.html")
    (app.project / "dist/gone").symlink_to("nowhere")
    (app.project / "dist/round").symlink_to("round")
    assert paths(app.collect()) == ["index.html"]
    assert len(app.warnings) == 2 and any("`gone`" in warning for warning in app.warnings)


@pytest.mark.parametrize(
    ("base", "sign", "hint"),
    [
        (".next", ".next/required-server-files.json", "output: 'export'"),
        (".next", ".next/server/app/page.js", "output: 'export'"),
        (".output", ".output/server/index.mjs", "nuxt generate"),
        (".output/public", ".output/server/index.mjs", "nuxt generate"),
        ("dist/client", "dist/server/entry.mjs", "astro.config.mjs"),
    ],
)
def test_the_output_of_a_server_is_refused(app, base, sign, hint):
    app.write(sign)
    if base != "dist":
        app.write(f"{base}/asset.js")
    error = app.refused(base)
    assert error.message.startswith("server-side rendering is not supported yet")
    assert hint in error.hint


def test_a_static_export_beside_a_servers_files_is_fine(app):
    app.write(".next/BUILD_ID")
    app.write("out/index.html")
    assert paths(app.collect("out")) == ["index.html"]
    assert "did you mean `out`" in app.refused(".next").hint
    assert "did you mean `out`" in app.refused("build").hint


def test_no_file_at_all_is_refused(app):
    app.write("dist/index.html")
    assert "`dist` matches `artifacts.files` (*.png)" in app.refused("dist", "*.png").message
    assert app.refused("dist", "!**/*").hint
    assert "thousand" in app.refused("dist", "{1..5000}").message


def test_a_site_without_index_html_is_a_warning_with_a_guess(app):
    app.write("build/client/index.html")
    app.write("build/other.txt")
    app.collect("build")
    assert "no index.html" in app.warnings[0]
    assert "did you mean `baseDirectory: build/client`?" in app.events[0].hint


def test_private_files_are_told(app):
    for path in ("index.html", ".env", "api/.env.production", ".env.example"):
        app.write(path)
    app.collect("/")
    assert app.warnings == ["`.env`, `api/.env.production` will be public"]


def test_a_name_that_is_not_utf_8_is_refused(app):
    app.write("dist/index.html")
    Path(os.fsdecode(os.fsencode(app.project / "dist") + b"/\xff.txt")).write_text("x")
    assert "is not UTF-8" in app.refused().message


def test_the_same_files_make_the_same_bundle_wherever_they_are(app, tmp_path):
    other = App(tmp_path / "elsewhere")
    for place, order in ((app, 1), (other, -1)):
        for path in ["index.html", "b/x.js", "a.css"][::order]:
            place.write(f"dist/{path}", path.encode())
    assert app.collect().digest == other.collect().digest


@pytest.mark.parametrize("name", ["a\nb.txt", "a\rb.txt", "tab\t.txt", "\x1b[31m.txt", "nel\x85.txt"])
def test_a_name_with_a_control_character_is_refused_plainly(app, name):
    app.write("dist/index.html")
    app.write(f"dist/sub/{name}")
    assert "a line break or another control character" in app.refused().message
    assert paths(app.collect("dist", "**/*", "!sub/**")) == ["index.html"]


def test_the_folder_of_the_copies_for_404_is_refused(app):
    app.write("dist/~404/index.html")
    assert "keeps for itself" in app.refused().message


def test_an_empty_folder_is_told_with_its_cause(app):
    (app.project / "dist").mkdir()
    assert "`dist` is empty: amplify.yml has no commands" in app.refused().message


def test_explicit_entries_dotfiles_and_braces(app):
    for path in (
        "index.html",
        "app.js",
        "app.ts",
        "a.png",
        "sub/b.png",
        "assets/img/c.jpg",
        ".well-known/security.txt",
        ".env",
        ".hidden/x.css",
    ):
        app.write(f"dist/{path}")
    everything = {*paths(app.collect())}
    assert {".well-known/security.txt", ".hidden/x.css", ".env"} < everything and len(everything) == 9
    assert paths(app.collect("dist", "**/*", ".well-known/security.txt")) == sorted(everything)
    assert paths(app.collect("dist", "*.png")) == ["a.png"]
    assert paths(app.collect("dist", "**/*.png")) == ["a.png", "sub/b.png"]
    explicit = ["index.html", "app.js", "favicon.png", "assets/**/*", "terms/**/*"]
    assert paths(app.collect("dist", *explicit)) == ["app.js", "assets/img/c.jpg", "index.html"]
    assert paths(app.collect("dist", "app.{js,ts}", "{sub,assets}/**")) == [
        "app.js",
        "app.ts",
        "assets/img/c.jpg",
        "sub/b.png",
    ]


def flat(app: App, *files: str) -> Bundle:
    artifacts = {"baseDirectory": "dist", "discard-paths": "yes"} | ({"files": list(files)} if files else {})
    return app.collect_spec(Spec.model_validate({"app": "demo", "frontend": {"artifacts": artifacts}}))


def test_discard_paths_publishes_all_files_in_one_folder(app):
    app.write("dist/pages/index.html", b"home")
    app.write("dist/assets/deep/app-BxY2a9Zk.js", b"js")
    bundle = flat(app)
    assert paths(bundle) == ["app-BxY2a9Zk.js", "index.html"]
    assert [bundle.file(file).read_bytes() for file in bundle.files] == [b"js", b"home"]
    assert bundle.files[1].sha256 == hashlib.sha256(b"home").hexdigest()
    app.write("dist/index.html", b"home")
    app.write("dist/app-BxY2a9Zk.js", b"js")
    assert app.collect("dist", "*").files[1].path == "index.html"


def test_two_files_of_one_name_are_both_named(app):
    app.write("dist/a/index.html")
    app.write("dist/b/index.html")
    with pytest.raises(BuildError, match=r"`a/index\.html` and `b/index.html` would both be") as caught:
        flat(app)
    assert "discard-paths" in caught.value.hint
    assert paths(flat(app, "a/*")) == ["index.html"]
