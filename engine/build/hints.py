"""What to do about a command that failed, told from what it printed."""

from __future__ import annotations

import re

from engine.build.causes import CAUSES, PROMPT, PROMPT_HINT

_BY_EXIT_CODE = {
    126: "the file is there but may not be run: `chmod +x` it, or call it with its interpreter",
    127: "a program was not found: install it in a command before this one",
    153: "the command wrote a file larger than a build may: raise `limits.file_mb` of the policy",
    137: "something killed the command, most likely for want of memory",
}
_SERVES = re.compile(
    r"\b(?:(?:npm|pnpm|yarn|bun)(?: run)? (?:dev|start|serve|watch)|next dev|vite(?: dev| serve| preview)?$"
    r"|ng serve|webpack(?:-dev-server| serve)|nodemon|flask run|--watch|http-server|tail -f)\b"
)


def hint_for(exit_code: int, output: tuple[str, ...]) -> str:
    """What to do about a command that ended with ``exit_code`` after it printed ``output``; may be empty."""
    if output and PROMPT.search("\n".join(output[-3:])):  # what came last is what it waited for
        return PROMPT_HINT
    text = "\n".join(output)
    for cause in CAUSES:
        if found := cause.pattern.search(text):
            what = next((name for name in found.groupdict().values() if name), "")
            return cause.hint.format(what=what)
    return PROMPT_HINT if PROMPT.search(text) else _BY_EXIT_CODE.get(exit_code, "")


def hint_for_timeout(command: str, output: tuple[str, ...]) -> str:
    """What to do about ``command``, which had not ended when the time was over."""
    longer = (
        "if the build only needs longer, set `_BUILD_TIMEOUT` (minutes, up to 120) under `env.variables` in "
        "amplify.yml"
    )
    if PROMPT.search("\n".join(output[-3:])):
        return PROMPT_HINT
    if found := _SERVES.search(command):
        return f"`{found[0]}` serves or watches and never ends: call the script that builds; {longer}"
    return f"a command that waits or serves never ends; {longer}"
