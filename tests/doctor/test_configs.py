from hypothesis import given
from hypothesis import strategies as st

from engine.doctor.configs import configs, exports


def test_comments_are_blanks(project, spec):
    text = "// a: 1\nb: 'https://example.com', // c: 2\n/* d:\n 3 */ e: 4\n"
    (app,) = project({"vite.config.js": text}).apps
    (config,) = configs(app, "vite.config.*")
    assert [name for name in "abcde" if f"{name}: " in config.text] == ["b", "e"]
    assert "https://example.com" in config.text
    assert config.where(config.text.index("e: ")).line == 4


@given(st.text("/*\n a'", max_size=60))
def test_every_place_stays(tmp_path_factory, text):
    from engine.doctor.configs import _read

    path = tmp_path_factory.mktemp("config") / "a.js"
    path.write_text(text)
    read = _read(path).text
    assert len(read) == len(text)
    assert read.count("\n") == text.count("\n")


def test_exports(project):
    (app,) = project({"next.config.ts": "const a = { output: isCi ? 'export' : undefined }"}).apps
    assert exports(app)
    (app,) = project({"next.config.ts": "// output: 'export'\nexport default {}"}).apps
    assert not exports(app)
