"""Which file names change whenever the content does.

Such a file is stored once, shared by all releases and kept by browsers for ever. To take an ordinary name
for a fingerprint would serve old content, so in doubt a name is ordinary: the other mistake costs a request,
and an old page its chunk.
"""

from __future__ import annotations

import re

from engine.detection.frameworks import FRAMEWORKS

LASTING = "public, max-age=31536000, immutable"
"""The ``Cache-Control`` of such a file."""

# Both expressions are used by Python and, put into programs/edge.js, by JavaScript: no \d or \w of other
# scripts, no lookbehind, no `.`.
_CODE = r"(?:\.(?:min|bundle|chunk))?\.(?:m?js|css)(?:\.map)?$"
_ANY = r"(?:\.[A-Za-z0-9]+){1,3}$"
_HEX = r"(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]"

# iPhone12, mainMenu, en_US_v2, IMG_1234: words and numbers, no hash.
_WORD = r"(?:[A-Za-z][a-z]+[0-9]*|[A-Z]{2,}[0-9]*|[0-9]{2,}|v[0-9])"
_WORDS = rf"(?:[A-Za-z]?[a-z]*(?:[A-Z][a-z]{{2,}})*[0-9]*|{_WORD}(?:[-_]{_WORD})+)\."

# Folders in which the frameworks say that every name is a fingerprint, and that are theirs alone by the `_`.
_OWN = sorted({glob.removesuffix("/**") for f in FRAMEWORKS for glob in f.fingerprinted if glob[0] == "_"})
_FOLDERS = rf"(?:^|/)(?:{'|'.join(_OWN)})/"

# webpack, Parcel, Gatsby, Docusaurus, Nuxt, Hugo: hexadecimal, 8 to 64 digits.
_HEX_HASHES = (
    rf"(?:^|[/._~-]){_HEX}{{16,64}}{_ANY}",
    rf"\.{_HEX}{{8,15}}{_ANY}",
    rf"[-_]{_HEX}{{8,15}}{_CODE}",
    rf"[.-](?!(?:19|20)[0-9]{{6}}\.)[0-9]{{8}}{_CODE}",
)

# Vite, Rollup, esbuild, Angular: 8 characters of base64url or base32.
_BASE64_HASHES = (
    rf"(?:^|/)assets/[^/]*-(?![a-z]+[A-Z][a-z]+\.)(?=[^./]*[A-Z])[A-Za-z0-9_-]{{8}}{_CODE}",
    rf"[.-](?!{_WORDS})(?=[_a-z-]*[A-Z0-9])[A-Za-z0-9_-]{{8}}{_CODE}",
    rf"(?:^|/)(?:assets|media)/(?:[^/]+/)*[^/]*[.-](?!{_WORDS})"
    rf"(?=[^./]*[A-Z])(?=[^./]*[a-z])[A-Za-z0-9_-]{{8}}{_ANY}",
    rf"(?:^|/)media/[^/]*-(?=[2-7]*[A-Z])[A-Z2-7]{{8}}{_ANY}",
)

FINGERPRINTED = "|".join((_FOLDERS, *_HEX_HASHES, *_BASE64_HASHES))

# Pages; the one file of _nuxt that is replaced; UUIDs, which name a thing and not its content; . and .. .
NOT_FINGERPRINTED = "|".join(
    (
        r"\.[Hh][Tt][Mm][Ll]?$",
        r"/$",
        r"(?:^|/)_nuxt/builds/latest\.json$",
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        r"(?:^|/)\.\.?/",
    )
)


def is_fingerprinted(path: str) -> bool:
    """Whether ``path`` (relative, with ``/``) has a name that changes whenever its content does.

    Two rules: the folders that a framework fills with such names alone (Next.js ``_next/static``, Nuxt
    ``_nuxt``, by the table of frameworks), and names that carry a content hash as the
    bundlers write it (``app.3f2a9c1b.js``, ``index-B1xYz9_2.js``, ``main-KL3QX7AB.js``). The edge decides by
    the same expressions what to look for among the files of earlier releases.
    """
    return bool(re.search(_anchored(FINGERPRINTED), path)) and not re.search(
        _anchored(NOT_FINGERPRINTED), path
    )


def _anchored(expression: str) -> str:
    # `$` of Python also matches before a newline at the end.
    return expression.replace("$", r"\Z")
