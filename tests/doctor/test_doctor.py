"""Whatever is in the files of an app, the doctor looks at it and raises nothing."""

import json
import os

from hypothesis import example, given
from hypothesis import strategies as st

from engine.check import check
from engine.doctor.sarif import sarif

ODD = st.sampled_from(
    [b"", b"{}", b"[]", b"null", b"1", b"\xff\xfe\x00", b"{", b'{"a": [{}]}', b"\x00" * 9, "ü".encode(), None]
)
PACKAGES = st.fixed_dictionaries(
    {},
    optional={
        "scripts": st.sampled_from([{}, [], {"build": "vite build"}, {"build": 1}, {"dev": "vite"}, "x"]),
        "dependencies": st.sampled_from(
            [
                {},
                {"next": "latest", "react-router": 1},
                {"vite": "*", "react-router": ""},
                ["vite"],
                {"nuxt": None},
            ]
        ),
        "engines": st.sampled_from([{}, [], "18", {"node": 18}, {"node": ">=18"}, {"node": "what"}]),
        "packageManager": st.sampled_from(["pnpm@9", 1, "", "@", None]),
        "volta": st.sampled_from([{"node": "20"}, {"node": []}, 1]),
        "workspaces": st.sampled_from([["packages/*"], {"packages": ["a"]}, "x", [1]]),
    },
).map(lambda value: json.dumps(value).encode())
NAMES = (
    *(".nvmrc", ".node-version", ".env", ".env.production", ".gitignore", "package-lock.json", "yarn.lock"),
    *(
        "tsconfig.json",
        "vite.config.js",
        "next.config.js",
        "angular.json",
        "amplify_outputs.json",
        "src/a.ts",
    ),
)
COMMANDS = st.sampled_from(
    [
        "npm ci",
        "npm run build",
        "nvm use 18",
        "nvm use $X",
        "cd a",
        "cd ..",
        "echo 'x",
        "a $(b",
        "yarn",
        "",
        "# x",
        "cd",
    ]
)
BASES = st.sampled_from([".next", "dist", "/", "out", ".output", "build"])


def spec(commands, base):
    return json.dumps(
        {
            "version": 1,
            "env": {"variables": {"_LIVE_UPDATES": "[1]", "CALLBACK_URL": "http://[x"}},
            "redirects": [{"source": "/a", "target": "/b", "status": 301}],
            "frontend": {"phases": {"build": {"commands": commands}}, "artifacts": {"baseDirectory": base}},
        }
    )


@given(
    st.lists(COMMANDS, max_size=4),
    BASES,
    PACKAGES | ODD,
    st.dictionaries(
        st.sampled_from(NAMES), ODD | st.just(b"import './B'; process.env.NEXT_PUBLIC_X"), max_size=5
    ),
    st.booleans(),
)
@example([], "dist", None, {}, True)
def test_no_app_is_too_odd(tmp_path_factory, commands, base, package, files, is_checkout):
    folder = tmp_path_factory.mktemp("app")
    (folder / "amplify.yml").write_text(spec(commands, base))
    for name, data in {"package.json": package, **files}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.mkdir() if data is None else path.write_bytes(data)
    if is_checkout:
        os.system(f"git -C {folder} init -q")
    report = check(folder, host={"PATH": os.environ["PATH"], "CI": "true"})
    assert json.dumps(sarif(report, folder))
