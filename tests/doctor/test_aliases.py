import pytest

from engine.doctor.aliases import Aliases


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}'}, "src/ui/A"),
        ({"jsconfig.json": '{"compilerOptions": {"baseUrl": "app", "paths": {"@/*": ["*"]}}}'}, "app/ui/A"),
        ({"web/tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}'}, "web/src/ui/A"),
        ({"tsconfig.json": '{"compilerOptions": {"paths": {"~/*": ["./src/*"]}}}'}, None),
        ({"tsconfig.json": "no JSON"}, None),
        ({}, None),
    ],
)
def test_paths(tmp_path, files, path):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert Aliases(tmp_path).whole("web/pages", "@/ui/A") == path
