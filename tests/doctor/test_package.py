import json

from hypothesis import given
from hypothesis import strategies as st

from engine.doctor.package import PackageFile, read_package


def test_where(tmp_path):
    text = '{\n "scripts": {"a": "b"},\n "dependencies": {\n  "a": "1",\n  "b/c": "2"\n }\n}\n'
    (tmp_path / "package.json").write_text(text)
    package = read_package(tmp_path)
    keys = ((), ("dependencies", "a"), ("dependencies", "b/c"), ("x",))
    assert [package.where(*key).line for key in keys] == [1, 4, 5, None]
    assert read_package(tmp_path / "gone") is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("scripts", "dependencies", "engines", "devDependencies"), JSON)
    )
)
def test_no_file_is_too_odd(tmp_path_factory, value):
    for text in (json.dumps(value), json.dumps([value]), json.dumps(value)[:-1]):
        package = PackageFile(tmp_path_factory.getbasetemp() / "package.json", text)
        assert all(
            isinstance(entry, str) for table in (package.scripts, package.needs) for entry in table.values()
        )
        assert list(package.wanted()) == [] or package.needs
        assert isinstance(package.node, str)
