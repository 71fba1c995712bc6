import pytest

from engine.local.emulator.signed_paths import as_signed


@pytest.mark.parametrize(
    ("led", "signed"),
    [("/$default/notes/1", "/notes/1"), ("/$defaults", "/$defaults"), ("/bucket/key", "/bucket/key")],
)
def test_the_signature_is_over_the_path_that_was_asked_for(led, signed):
    seen = []
    as_signed(lambda *given, **more: seen.append((given, more)))("GET", led, {}, [], handshake=False)
    assert seen == [(("GET", signed, {}, []), {"handshake": False})]
