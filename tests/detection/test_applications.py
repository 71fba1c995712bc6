"""Which apps a repository has, wherever its workspace is told."""

import pytest

from engine.detection.applications import applications
from engine.errors import UsageError

WEB = {"name": "web", "dependencies": {"next": "16"}, "scripts": {"build": "next build"}}
ADMIN = {"name": "@acme/admin", "devDependencies": {"vite": "7"}, "scripts": {"build": "vite build"}}
LIBRARY = {"name": "ui", "devDependencies": {"vite": "7", "next": "16"}, "scripts": {"build": "vite build"}}
REPOSITORY = {
    "package.json": {"workspaces": ["apps/*", "packages/*"]},
    "package-lock.json": "{}",
    "apps/web/package.json": WEB,
    "apps/admin/package.json": ADMIN,
    "apps/admin/index.html": "",
    "packages/ui/package.json": LIBRARY,
}


def roots(folder, *chosen):
    return [found.app_root for found in applications(folder, chosen)]


def test_the_members_of_a_workspace_that_are_apps(app):
    assert roots(app(REPOSITORY)) == ["apps/admin", "apps/web"]


def test_pnpm_and_what_an_app_needs_is_built_first(app):
    files = {**REPOSITORY, "package.json": {}, "pnpm-lock.yaml": "lockfileVersion: '9.0'"}
    admin, _ = applications(app({**files, "pnpm-workspace.yaml": "packages: ['apps/*']"}))
    assert admin.install == ("pnpm install --frozen-lockfile",)
    assert admin.build == ("pnpm --filter @acme/admin... run build",)


@pytest.mark.parametrize(
    ("lock", "builds"),
    [
        (
            "package-lock.json",
            ["npm --prefix ../../packages/kit run build", "npm --prefix ../../packages/ui run build"],
        ),
        ("yarn.lock", ["yarn workspace kit run build", "yarn workspace @acme/ui run build"]),
        ("bun.lock", ["bun run --cwd ../../packages/kit build", "bun run --cwd ../../packages/ui build"]),
        ("pnpm-lock.yaml", []),
    ],
)
def test_what_an_app_needs_of_its_workspace_is_built_before_it(app, lock, builds):
    scripts = {"build": "tsc"}
    files = {
        "package.json": {"workspaces": ["apps/*", "packages/*"]},
        lock: "{}",
        "apps/web/package.json": {**WEB, "dependencies": {"next": "16", "@acme/ui": "*", "kit": "*"}},
        "packages/ui/package.json": {"name": "@acme/ui", "scripts": scripts, "dependencies": {"kit": "*"}},
        "packages/kit/package.json": {"name": "kit", "scripts": scripts, "dependencies": {"plain": "*"}},
        "packages/plain/package.json": {"name": "plain"},
        "packages/unneeded/package.json": {"name": "unneeded", "scripts": scripts},
    }
    (web,) = applications(app(files))
    assert list(web.build[:-1]) == builds
    assert not applications(app({"turbo.json": "{}"}))[0].build[1:]


def test_npm_installs_at_the_top_of_the_workspace(app):
    admin, _ = applications(app(REPOSITORY))
    assert admin.install == ("npm ci --cache .npm --prefer-offline --prefix ../..",)


def test_packages_that_need_each_other(app):
    files = {
        "package.json": {"workspaces": ["*"]},
        "web/package.json": {**WEB, "dependencies": {"next": "16", "a": "*"}},
        "a/package.json": {"name": "a", "dependencies": {"b": "*"}, "scripts": {"build": "x"}},
        "b/package.json": {"name": "b", "dependencies": {"a": "*"}, "scripts": {"build": "x"}},
    }
    (web,) = applications(app(files))
    assert web.build == ("npm --prefix ../a run build", "npm --prefix ../b run build", "npm run build")


def test_turborepo(app):
    admin, _ = applications(app({**REPOSITORY, "turbo.json": "{}"}))
    assert admin.build == ("npx turbo run build --filter=@acme/admin",)


def test_nx_projects_share_the_packages_of_the_root(app):
    packages = {"dependencies": {"@angular/core": "20", "next": "16", "vite": "7"}}
    build = {"executor": "@angular/build:application", "options": {"outputPath": "dist/apps/shop"}}
    found = applications(
        app(
            {
                "nx.json": "{}",
                "package.json": packages,
                "package-lock.json": "{}",
                "apps/shop/project.json": {"name": "shop", "targets": {"build": build}},
                "apps/admin/project.json": {"name": "back office"},
                "apps/admin/vite.config.ts": "",
                "apps/admin/index.html": "",
                "apps/shop-e2e/project.json": {"name": "shop-e2e", "targets": {"e2e": {}}},
            }
        )
    )
    assert [(one.app_root, one.build, one.output, one.build_path) for one in found] == [
        ("apps/admin", ("npx nx build 'back office'",), "dist/apps/admin", "/"),
        ("apps/shop", ("npx nx build shop",), "dist/apps/shop/browser", "/"),
    ]


def test_an_app_beside_its_backend(app):
    files = {"frontend/package.json": ADMIN, "api/package.json": {"dependencies": {"express": "5"}}}
    assert roots(app({**files, "frontend/index.html": "", "package.json": {"private": True}})) == ["frontend"]


def test_an_app_with_tools_in_its_own_workspace(app):
    files = {"package.json": {**ADMIN, "workspaces": ["tools/*"]}, "index.html": ""}
    assert roots(app({**files, "tools/x/package.json": {"name": "x"}})) == [""]


@pytest.mark.parametrize("root", ["apps/web", "./apps/web/", "/apps/web"])
def test_the_app_that_somebody_names(app, root):
    assert roots(app(REPOSITORY), root) == ["apps/web"]


@pytest.mark.parametrize("root", ["apps/none", "..", "../..", "/etc"])
def test_a_folder_that_is_none_of_the_repository(app, root):
    with pytest.raises(UsageError, match="no folder"):
        roots(app(REPOSITORY), root)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "neither"),
        ({"README.md": ""}, "neither"),
        ({"package.json": "{"}, "cannot be read"),
        ({"package.json": "[]"}, "cannot be read"),
        ({"package.json": {"scripts": {}}}, "no script `build`"),
    ],
)
def test_no_app(app, files, message):
    with pytest.raises(UsageError, match=message):
        applications(app(files))


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"landing/index.html": "", "backend/manage.py": ""}, ["landing"]),
        ({"docs/mkdocs.yml": "", "web/package.json": ADMIN, "web/index.html": ""}, ["docs", "web"]),
        ({"api/templates/index.html": "", "ui/index.html": ""}, ["ui"]),
        ({"web/package.json": ADMIN, "web/index.html": "", "web/demo/index.html": ""}, ["web"]),
        ({"client/app/package.json": WEB, "client/app/public/index.html": ""}, ["client/app"]),
    ],
)
def test_sites_in_folders_below(app, files, found):
    assert roots(app({**files, "README.md": ""})) == found


def test_a_member_of_a_workspace_is_not_built_without_the_rest(app):
    folder = app({**REPOSITORY, ".git/HEAD": ""})
    with pytest.raises(UsageError, match="in the workspace of") as told:
        applications(folder / "apps/web")
    assert "--app-root apps/web" in told.value.hint


def test_a_member_that_has_a_lockfile_of_its_own_is(app):
    folder = app({**REPOSITORY, "apps/web/package-lock.json": "{}"})
    assert roots(folder / "apps/web") == [""]
