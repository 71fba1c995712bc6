"""What reaches browsers goes by the framework of the app."""

from engine.spec.public import main_public_prefix, public_prefix, public_prefixes


def app(tmp_path, package):
    (tmp_path / "package.json").write_text(package)
    (tmp_path / "index.html").touch()
    return tmp_path


def test_the_main_prefix_is_that_of_the_framework_before_its_bundler(tmp_path):
    def of(package):
        return main_public_prefix(app(tmp_path, package), "")

    assert of('{"dependencies": {"astro": "5"}, "devDependencies": {"vite": "7"}}') == "PUBLIC_"
    assert of('{"devDependencies": {"vite": "7"}, "scripts": {"build": "vite build"}}') == "VITE_"
    assert of("[]") == of("nonsense") == of('{"dependencies": []}') == of("{}") == ""
    assert main_public_prefix(tmp_path, "nowhere") == ""


def test_of_an_unknown_framework_every_prefix_counts(tmp_path):
    assert {"VITE_", "NEXT_PUBLIC_"} <= set(public_prefixes(tmp_path, ""))


def test_the_prefix_of_a_name():
    assert public_prefix("VITE_API") == "VITE_"
    assert public_prefix("VITE_API", ("PUBLIC_",)) == public_prefix("API") == ""
