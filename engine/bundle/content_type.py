"""The content type of a file, from its name alone and the same on every host.

Python's ``mimetypes`` reads the host's mime.types and, without it, knows neither woff nor webp, so two hosts
would make two releases of the same files. Names are those of the IANA registry
(https://www.iana.org/assignments/media-types/media-types.xhtml); ``text/javascript`` follows RFC 9239.
"""

from __future__ import annotations

from types import MappingProxyType

_DEFAULT = "application/octet-stream"

_TEXT = {
    "css": "text/css",
    "csv": "text/csv",
    "htm": "text/html",
    "html": "text/html",
    "ics": "text/calendar",
    "js": "text/javascript",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "json": "application/json",
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
    "map": "application/json",
    "topojson": "application/json",
    "webmanifest": "application/manifest+json",
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "xhtml": "application/xhtml+xml",
    "xml": "application/xml",
    "xsl": "application/xslt+xml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "svg": "image/svg+xml",
}
_BINARY = {
    "avif": "image/avif",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webp": "image/webp",
    "eot": "application/vnd.ms-fontobject",
    "otf": "font/otf",
    "ttf": "font/ttf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "mov": "video/quicktime",
    "mp4": "video/mp4",
    "ogv": "video/ogg",
    "webm": "video/webm",
    "glb": "model/gltf-binary",
    "gz": "application/gzip",
    "pdf": "application/pdf",
    "wasm": "application/wasm",
    "zip": "application/zip",
}
# Files without an ending; the first must be JSON (https://developer.apple.com/documentation/xcode/supporting-associated-domains).
_NAMES = {
    "apple-app-site-association": "application/json; charset=utf-8",
    "CNAME": "text/plain; charset=utf-8",
    "LICENSE": "text/plain; charset=utf-8",
}

CONTENT_TYPES = MappingProxyType({**{k: f"{v}; charset=utf-8" for k, v in _TEXT.items()}, **_BINARY})
"""From the ending of a file name, in lower case and without the dot, to its content type."""


def content_type(path: str) -> str:
    """The content type of the file at ``path``, text with ``; charset=utf-8``.

    >>> content_type("assets/index-BxY2.JS")
    'text/javascript; charset=utf-8'
    """
    name = path.rpartition("/")[2]
    if name in _NAMES:
        return _NAMES[name]
    return CONTENT_TYPES.get(name.rpartition(".")[2].lower(), _DEFAULT) if "." in name else _DEFAULT
