"""Run the commands of the spec, section by section, in one bash each.

As Amplify does it, every command of a section shares one shell, so ``cd``, variables, functions and
``shopt`` reach the next command and the next phase, and the first non-zero exit stops everything
(https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html).
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from engine.build.isolation.model import Folders
from engine.build.limits import Limits, OverrunError, limited, overrun
from engine.build.masking import Mask
from engine.build.model import BuildRequest, BuildResult, Section, SectionResult
from engine.build.script import write_script
from engine.build.shell import Shell, start_shell
from engine.build.steps import app_folder, steps_of, working_folder
from engine.build.story import Story
from engine.build.timeout import timeout_of
from engine.errors import CancelledError

if TYPE_CHECKING:
    from pathlib import Path

    from engine.build.launch import Wrap
    from engine.events import Emit


async def run_phases(request: BuildRequest, emit: Emit, cancel: asyncio.Event | None = None) -> BuildResult:
    """Run the sections of the request in order, within its timeout for all of them together.

    ``emit`` gets CommandStarted, LogLine (step ``build``), CommandFinished and Warned events. Raises
    CommandError for the first command that fails, BuildError for a timeout or a folder that is not there,
    PrerequisiteError without bash, and CancelledError once ``cancel`` is set. Whatever happens, no process of
    the build is left when it returns.
    """
    deadline = _deadline(request)
    results = [await _run(request, section, emit, cancel, deadline) for section in request.sections]
    return BuildResult(tuple(results))


async def run_section(
    request: BuildRequest, section: Section, emit: Emit, cancel: asyncio.Event | None = None
) -> SectionResult:
    """Run one section, whatever ``request.sections`` holds, as :func:`run_phases` does."""
    return await _run(request, section, emit, cancel, _deadline(request))


def _deadline(request: BuildRequest) -> float:
    return time.monotonic() + timeout_of(request) - request.spent


async def _run(
    request: BuildRequest, section: Section, emit: Emit, cancel: asyncio.Event | None, deadline: float
) -> SectionResult:
    if cancel is not None and cancel.is_set():
        raise CancelledError("the build was cancelled")
    steps = steps_of(request.spec, section)
    if not steps:
        return SectionResult(section)
    began = time.monotonic()
    prelude = request.tools.prelude if request.tools else ""
    driver = write_script(steps, request.scratch / "commands" / section, prelude)
    _make_home(request)
    story = Story(request.spec, steps, Mask(request.secrets), emit, spent=request.spent)
    folder = _folder_of(request, section)
    shell = await start_shell(driver, folder, request.variables, story, _wrap_of(request, folder))
    code = await _follow(shell, story, request, cancel, deadline)
    return SectionResult(section, story.finish(code), time.monotonic() - began, story.ended_early)


def _folder_of(request: BuildRequest, section: Section) -> Path:
    place = app_folder if section.startswith("backend") else working_folder
    return place(request.project, request.spec)


def _make_home(request: BuildRequest) -> None:
    home = request.scratch / "home"
    if request.variables.get("HOME") == str(home):
        home.mkdir(parents=True, exist_ok=True)


def _wrap_of(request: BuildRequest, folder: Path) -> Wrap:
    folders = Folders(
        request.project.resolve(), request.scratch.resolve(), folder, request.read, request.written
    )
    return lambda launch: limited(request.isolation.wrap(launch, folders), request.limits)


async def _follow(
    shell: Shell, story: Story, request: BuildRequest, cancel: asyncio.Event | None, deadline: float
) -> int:
    completed = False
    try:
        story.begin()
        shell.begin()
        code = await _until_done(shell, request.limits, cancel, deadline)
        completed = True
    except TimeoutError as error:
        raise story.timed_out() from error
    except OverrunError as error:
        shell.kill()
        raise story.overran(error) from error
    finally:
        left = await shell.end(request.grace)
        story.flush()
        if completed and left:
            story.warn_left(left)
    return code


async def _until_done(shell: Shell, limits: Limits, cancel: asyncio.Event | None, deadline: float) -> int:
    exited = asyncio.ensure_future(shell.wait())
    over = asyncio.ensure_future(overrun(shell.left, limits))
    stopped = asyncio.ensure_future(cancel.wait()) if cancel else asyncio.Future[bool]()
    try:
        await asyncio.wait(
            {exited, over, stopped}, timeout=deadline - time.monotonic(), return_when=asyncio.FIRST_COMPLETED
        )
        if exited.done():
            return exited.result()
        if over.done():
            raise over.result()
        if stopped.done():
            raise CancelledError("the build was cancelled")
        raise TimeoutError
    finally:
        exited.cancel()
        over.cancel()
        stopped.cancel()
