import random

import pytest

from engine.publish.fingerprint import is_fingerprinted

BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
HEX = "0123456789abcdef"
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@pytest.mark.parametrize(
    "path",
    [
        "_next/static/chunks/main-app.js",
        "_next/static/Ab12/_buildManifest.js",
        "base/_next/static/media/x.woff2",
        "_nuxt/entry.js",
        "_astro/hoisted.js",
        "_expo/static/js/web/entry.js",
        "_app/immutable/entry/start.js",
        "assets/index-B1xYz9_2.js",
        "assets/index-B1xYz9_2.js.map",
        "assets/index-legacy-DeFgHiJ4.js",
        "assets/logo-Dx8sT3aB.svg",
        "static/js/main.8c1d2e3f.js",
        "static/js/main.8c1d2e3f.js.LICENSE.txt",
        "static/js/787.12345678.chunk.js",
        "static/media/logo.6ce24c58023cc2f8fd88fe9d219db6c6.svg",
        "6ce24c58023cc2f8fd88.png",
        "assets/stylesheets/main.6543a935.min.css",
        "app-0c1b2a3d4e5f60718293.js",
        "style.min.2b8b5a1f2b8b5a1f2b8b5a1f2b8b5a1f2b8b5a1f2b8b5a1f2b8b5a1f2b8b5a1f.css",
        "main-KL3QX7AB.js",
        "chunk-QWKJHGFD.js",
        "media/inter-ABCDEF23.woff2",
        "workbox-7144475a.js",
    ],
)
def test_fingerprinted(path):
    assert is_fingerprinted(path)


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "page-B1xYz9_2.html",
        "favicon.ico",
        "sw.js",
        "jquery-3.7.1.min.js",
        "jquery-validate.js",
        "bootstrap.bundle.min.js",
        "my-component.js",
        "app-my-thing.js",
        "lib-angular1.js",
        "polyfills-es2015.js",
        "three.module.js",
        "apple-touch-icon.png",
        "2024-01-report.pdf",
        "report.20240115.pdf",
        "app-20240115.js",
        "assets/IMG-20240115.jpg",
        "assets/photo-IMG_1234.png",
        "assets/hero-1024x768.jpg",
        "assets/icon-iPhone12.png",
        "assets/icon-dropDown.js",
        "messages-en_US_01.js",
        "strings-pt-BR-v2.js",
        "photo-550e8400-e29b-41d4-a716-a46655440000.jpg",
        "page-data/sq/d/3649515864.json",
        "_nuxt/builds/latest.json",
        "_next/static/x.html",
        "x/../_next/static/a.js",
        "assets/index-B1xYz9_2.js\n",
    ],
)
def test_ordinary(path):
    assert not is_fingerprinted(path)


@pytest.mark.parametrize(
    ("name", "alphabet", "length", "at_least"),
    [
        ("assets/index-{}.js", BASE64URL, 8, 0.99),
        ("dist/index-{}.js", BASE64URL, 8, 0.97),
        ("assets/logo-{}.png", BASE64URL, 8, 0.94),
        ("static/js/main.{}.js", HEX, 8, 0.99),
        ("static/media/logo.{}.png", HEX, 8, 0.96),
        ("app-{}.js", HEX, 20, 0.999),
        ("chunk-{}.js", BASE32, 8, 0.999),
    ],
)
def test_nearly_every_hash_of_the_bundlers_is_known(name, alphabet, length, at_least):
    chance = random.Random(7)
    names = [name.format("".join(chance.choices(alphabet, k=length))) for _ in range(3000)]
    assert sum(map(is_fingerprinted, names)) / len(names) >= at_least
