"""Programs that commands call and the host lacks, with the way to get each."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.build.toolchain.commands import Words

_PIP = "add `pip install {name}` to preBuild"
_RUBY = "install Ruby (Debian: `apt-get install ruby-full`) and `gem install bundler`"
_NODE = "install Node.js (https://nodejs.org/)"
_PYTHON = "install Python (Debian: `apt-get install python3 python3-venv python-is-python3`)"
_DOTNET = "install .NET (https://dotnet.microsoft.com/download)"

# Never a download of ours: these are not in a registry that gives the same to everybody.
KNOWN = {
    "hugo": "install Hugo (https://gohugo.io/installation/), or add the npm package hugo-bin and `npx hugo`",
    "zola": "install Zola (https://www.getzola.org/documentation/getting-started/installation/)",
    "mdbook": "install mdBook (https://rust-lang.github.io/mdBook/guide/installation.html)",
    "python": _PYTHON,
    "python3": _PYTHON,
    "pip": _PYTHON,
    "pip3": _PYTHON,
    "mkdocs": _PIP.format(name="mkdocs"),
    "sphinx-build": _PIP.format(name="sphinx"),
    "pelican": _PIP.format(name="pelican"),
    "poetry": _PIP.format(name="poetry"),
    "uv": _PIP.format(name="uv"),
    "ruby": _RUBY,
    "gem": _RUBY,
    "bundle": _RUBY,
    "bundler": _RUBY,
    "jekyll": f"{_RUBY}, and add `bundle install` to preBuild",
    "flutter": "install Flutter (https://docs.flutter.dev/get-started/install)",
    "dart": "install Dart (https://dart.dev/get-dart)",
    "dotnet": _DOTNET,
    "go": "install Go (https://go.dev/dl/)",
    "cargo": "install Rust (https://rustup.rs/)",
    "wasm-pack": "install Rust (https://rustup.rs/) and `cargo install wasm-pack`",
    "trunk": "install Rust (https://rustup.rs/) and `cargo install trunk`",
    "php": "install PHP (Debian: `apt-get install php-cli`)",
    "composer": "install Composer (https://getcomposer.org/download/)",
    "java": "install a JDK (Debian: `apt-get install default-jdk`)",
    "mvn": "install Maven (Debian: `apt-get install maven`)",
    "deno": "install Deno (https://deno.com/), or add the npm package deno and call `npx deno`",
    "pandoc": "install Pandoc (Debian: `apt-get install pandoc`)",
    "jq": "install jq (Debian: `apt-get install jq`)",
    "make": "install make (Debian: `apt-get install make`)",
    "aws": "install the AWS CLI (https://aws.amazon.com/cli/)",
    "node": _NODE,
    "npm": _NODE,
    "npx": _NODE,
    "yum": "this machine is not Amazon Linux: install what the command installs, and remove the line",
}


_INSTALLED_BY = {
    "pip": ("mkdocs", "sphinx-build", "pelican", "poetry", "uv"),
    "bundle": ("jekyll",),
}


def missing_programs(commands: Iterable[Words], path: str) -> dict[str, str]:
    """What the commands call by name, is not on ``path`` and no earlier command mentions: name -> what to do.

    A program that an earlier command mentions (``pip install mkdocs``, ``tar xf hugo.tar.gz``) is taken to be
    installed by it, and so is one of an installer that has run (``pip install -r requirements.txt``).
    """
    found: dict[str, str] = {}
    mentioned: list[str] = []
    for words in commands:
        name = words[0]
        told = name in found or any(name in word for word in mentioned)
        if name in KNOWN and not told and shutil.which(name, path=path) is None:
            found[name] = KNOWN[name]
        mentioned += words[1:]
        mentioned += _INSTALLED_BY.get(_installer(words), ())
    return found


def _installer(words: Words) -> str:
    """What ``words`` install with: ``pip`` for pip3, ``python3 -m pip``, poetry; ``bundle`` for bundler."""
    name = words[2] if words[1:2] == ("-m",) and len(words) > 2 else words[0]
    return {"pip3": "pip", "poetry": "pip", "uv": "pip", "bundler": "bundle"}.get(name, name)
