"""What the builds of an environment are kept apart with, and what of the host they see all the same."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.build.isolation.choose import isolation_of
from engine.events import Warned
from engine.folders import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.build.isolation.model import Isolation
    from engine.build.model import BuildRequest
    from engine.context import Context
    from engine.events import Emit

# The host's own choice of registries and certificates. Taken from the host, never from the spec, which could
# name any file.
_FILES = (
    *("npm_config_userconfig", "npm_config_globalconfig", "npm_config_cafile"),
    *("ssl_cert_file", "ssl_cert_dir", "node_extra_ca_certs"),
    *("requests_ca_bundle", "curl_ca_bundle", "pip_cert", "pip_config_file"),
)


def settled_isolation(context: Context) -> Isolation:
    """That of the policy, or the stricter one of the caller. Raises GuardError, UsageError."""
    environment = context.environment
    private = cache_folder(context.settings.host) / "isolated" / environment.app / environment.name
    return isolation_of(
        environment.policy.isolation, context.settings.isolation, private, environment.policy_name
    )


def host_files(host: Mapping[str, str]) -> tuple[Path, ...]:
    """Files of the host that builds may read: npm's configuration and the certificates that are trusted."""
    named = [Path(value) for name, value in host.items() if value and name.lower() in _FILES]
    home = [Path(host["HOME"], ".npmrc")] if host.get("HOME") else []
    return tuple(path for path in (*named, *home) if path.is_absolute() and path.exists())


@contextmanager
def without_new_git(request: BuildRequest, emit: Emit) -> Iterator[None]:
    """Remove a ``.git`` that an isolated build made: git runs what it names, and the engine asks git."""
    git = request.project / ".git"
    ours = git.exists() or git.is_symlink() or request.isolation.name == "none"
    try:
        yield
    finally:
        if not ours and (git.exists() or git.is_symlink()):
            shutil.rmtree(git) if git.is_dir() and not git.is_symlink() else git.unlink()
            emit(Warned("the build made a .git in the project, which was removed"))
