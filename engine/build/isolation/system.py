"""What of the system every program needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Names, certificates, time, fonts, the linker. Never all of /etc or /etc/ssl: they hold keys too.
ETC = (
    *("resolv.conf", "hosts", "host.conf", "nsswitch.conf", "gai.conf", "protocols", "services"),
    *("ssl/certs", "ssl/cert.pem", "ssl/openssl.cnf", "pki/tls/certs", "pki/ca-trust", "crypto-policies"),
    *("ca-certificates", "ca-certificates.conf"),
    *("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives"),
    *("localtime", "timezone", "locale.alias", "locale.conf", "os-release", "debian_version"),
    *("mime.types", "magic", "fonts", "terminfo", "inputrc", "npmrc", "pip.conf"),
    *("python3", "python3.11", "python3.12", "python3.13", "perl", "chromium", "chromium.d"),
)

_READ_ONLY = ("/usr", "/nix/store")
_LINKED = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")


def system_folders() -> Iterator[str]:
    """Bubblewrap's options for /usr and for what points into it, or stands beside it on older systems."""
    for name in _READ_ONLY:
        yield from ("--ro-bind-try", name, name)
    for folder in map(Path, _LINKED):
        if folder.is_symlink():
            yield from ("--symlink", str(folder.readlink()), str(folder))
        else:
            yield from ("--ro-bind-try", str(folder), str(folder))
