"""Run the commands of the spec, section by section, in one bash each.

As Amplify does it, every command of a section shares one shell, so ``cd``, variables, functions and
``shopt`` reach the next command and the next phase, and the first non-zero exit stops everything
(https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html).
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from engine.build.masking import Mask
from engine.build.model import BuildRequest, BuildResult, Section, SectionResult
from engine.build.script import write_script
from engine.build.shell import Shell, start_shell
from engine.build.steps import app_folder, steps_of, where_of, working_folder
from engine.build.story import Story
from engine.errors import BuildError, CancelledError

if TYPE_CHECKING:
    from pathlib import Path

    from engine.events import Emit

_DEFAULT_TIMEOUT = 30 * 60.0  # seconds


async def run_phases(request: BuildRequest, emit: Emit, cancel: asyncio.Event | None = None) -> BuildResult:
    """Run the sections of the request in order, within its timeout for all of them together.

    ``emit`` gets CommandStarted, LogLine (step ``build``), CommandFinished and Warned events. Raises
    CommandError for the first command that fails, BuildError for a timeout or a folder that is not there,
    PrerequisiteError without bash, and CancelledError once ``cancel`` is set. Whatever happens, no process of
    the build is left when it returns.
    """
    deadline = time.monotonic() + timeout_of(request)
    results = [await _run(request, section, emit, cancel, deadline) for section in request.sections]
    return BuildResult(tuple(results))


async def run_section(
    request: BuildRequest, section: Section, emit: Emit, cancel: asyncio.Event | None = None
) -> SectionResult:
    """Run one section, whatever ``request.sections`` holds, as :func:`run_phases` does."""
    return await _run(request, section, emit, cancel, time.monotonic() + timeout_of(request))


def timeout_of(request: BuildRequest) -> float:
    """The seconds a call may take. Raises BuildError where ``_BUILD_TIMEOUT`` is no number of minutes."""
    if request.timeout is not None:
        return request.timeout
    text = request.variables.get("_BUILD_TIMEOUT", "")
    try:
        minutes = float(text or _DEFAULT_TIMEOUT / 60)
    except ValueError:
        minutes = 0
    if not 0 < minutes < float("inf"):
        raise BuildError(
            f"_BUILD_TIMEOUT is `{text}`, which is no number of minutes",
            where=where_of(request.spec, "env.variables._BUILD_TIMEOUT"),
            hint="write whole minutes, such as `_BUILD_TIMEOUT: 60`",
        )
    return minutes * 60


async def _run(
    request: BuildRequest, section: Section, emit: Emit, cancel: asyncio.Event | None, deadline: float
) -> SectionResult:
    if cancel is not None and cancel.is_set():
        raise CancelledError("the build was cancelled")
    steps = steps_of(request.spec, section)
    if not steps:
        return SectionResult(section)
    began = time.monotonic()
    driver = write_script(steps, request.scratch / "commands" / section)
    _make_home(request)
    story = Story(request.spec, steps, Mask(request.secrets), emit)
    shell = await start_shell(driver, _folder_of(request, section), request.variables, story)
    code = await _follow(shell, story, request.grace, cancel, deadline)
    return SectionResult(section, story.finish(code), time.monotonic() - began, story.ended_early)


def _folder_of(request: BuildRequest, section: Section) -> Path:
    place = app_folder if section.startswith("backend") else working_folder
    return place(request.project, request.spec)


def _make_home(request: BuildRequest) -> None:
    home = request.scratch / "home"
    if request.variables.get("HOME") == str(home):
        home.mkdir(parents=True, exist_ok=True)


async def _follow(
    shell: Shell, story: Story, grace: float, cancel: asyncio.Event | None, deadline: float
) -> int:
    completed = False
    try:
        story.begin()
        shell.begin()
        code = await _until_done(shell, cancel, deadline)
        completed = True
    except TimeoutError as error:
        raise story.timed_out() from error
    finally:
        left = await shell.end(grace)
        story.flush()
        if completed and left:
            story.warn_left(left)
    return code


async def _until_done(shell: Shell, cancel: asyncio.Event | None, deadline: float) -> int:
    exited = asyncio.ensure_future(shell.wait())
    stopped = asyncio.ensure_future(cancel.wait()) if cancel else asyncio.Future[bool]()
    try:
        await asyncio.wait(
            {exited, stopped}, timeout=deadline - time.monotonic(), return_when=asyncio.FIRST_COMPLETED
        )
        if exited.done():
            return exited.result()
        if stopped.done():
            raise CancelledError("the build was cancelled")
        raise TimeoutError
    finally:
        exited.cancel()
        stopped.cancel()
