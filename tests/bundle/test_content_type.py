from __future__ import annotations

import pytest

from engine.bundle.content_type import CONTENT_TYPES, content_type


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("a/b/INDEX.HTML", "text/html; charset=utf-8"),
        ("assets/index-BxY2.js", "text/javascript; charset=utf-8"),
        ("x.min.css.map", "application/json; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("logo.svg", "image/svg+xml; charset=utf-8"),
        ("font.woff2", "font/woff2"),
        ("app.wasm", "application/wasm"),
        (".well-known/apple-app-site-association", "application/json; charset=utf-8"),
        ("folder.html/README", "application/octet-stream"),
        ("x.unheard-of", "application/octet-stream"),
        (".gitignore", "application/octet-stream"),
    ],
)
def test_types_come_from_the_name(path, expected):
    assert content_type(path) == expected


def test_the_table_is_made_of_media_types():
    for ending, media_type in CONTENT_TYPES.items():
        assert ending == ending.lower() and "." not in ending
        kind, _, rest = media_type.partition("/")
        assert kind in {"text", "application", "image", "font", "audio", "video", "model"} and rest
        assert ("charset" in media_type) or kind != "text"
