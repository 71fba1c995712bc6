"""The function at the edge: time and reads of a request at 0, 10 and 300 rules; the size of what ships."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure import Figure
from engine.bundle.model import Bundle, BundleFile
from engine.publish.code import LIMIT, function_code
from engine.publish.entries import compile_entries
from engine.publish.rule_index import VALUE_LIMIT
from engine.spec.model import Redirect

if TYPE_CHECKING:
    from bench.workshop import Workshop

_RELEASE = "0123456789ab"
_REQUESTS = 2000
_WARM = 200
_URIS = ("/", "/about", "/assets/app.js", "/blog/post-7", "/docs/v3/a/b", "/deep/link/of/the/app")
_ENGINES = {"node": ("node",), "njs": ("njs",)}
# Runs in Node and in njs: {script}, then requests one after the other; prints microseconds and reads of one.
_LOOP = """
const keys = %(keys)s, uris = %(uris)s;
let reads = 0;
const cf = { kvs: () => ({ get: async (key, options) => {
  reads += 1;
  if (keys[key] === undefined) throw new Error('KeyNotFound');
  return options && options.format === 'json' ? JSON.parse(keys[key]) : keys[key];
} }) };
%(code)s
async function run(count) {
  for (let n = 0; n < count; n++) {
    const request = { method: 'GET', uri: uris[n %% uris.length], querystring: {}, headers: {} };
    const answer = await handler({ context: { eventType: 'viewer-request' }, request: request });
    if (answer.statusCode === 503) throw new Error('unread');
  }
}
async function measure() {
  await run(%(warm)d);
  reads = 0;
  const began = Date.now();
  await run(%(requests)d);
  console.log(JSON.stringify([(Date.now() - began) * 1000 / %(requests)d, reads / %(requests)d]));
}
measure();
"""


def measure(workshop: Workshop) -> list[Figure]:
    """In Node, and in njs where it is installed (Debian: njs), which is close to CloudFront's engine.

    Instead: the same rules in a list, all of which is read from its start.
    """
    found = [Figure("edge function, of 10,240 bytes", (float(len(function_code())),), "bytes", goal=LIMIT)]
    for count in (0, 10, 300):
        ours, listed = _entries(count), _as_list(_entries(count))
        for name, command in _ENGINES.items():
            if not shutil.which(command[0]):
                continue
            here = [_asked(workshop, command, ours) for _ in range(workshop.runs)]
            there = [_asked(workshop, command, listed) for _ in range(workshop.runs)]
            found.append(_figure(f"request at {count} rules, {name}", "µs", here, there, 0))
        found.append(_figure(f"keys read at {count} rules", "reads", here[:1], there[:1], 1))
    return found


def _figure(
    name: str, unit: str, ours: list[tuple[float, float]], theirs: list[tuple[float, float]], at: int
) -> Figure:
    mine, others = (tuple(round(one[at], 1) for one in samples) for samples in (ours, theirs))
    return Figure(name, mine, unit, "the rules in a list", others)


def _entries(count: int) -> dict[str, str]:
    posts, docs = count * 2 // 3, count // 6
    rules = [
        *(Redirect(source=f"/blog/post-{n}", target=f"/posts/{n}", status="301") for n in range(posts)),
        *(Redirect(source=f"/docs/v{n}/<*>", target=f"/manual/{n}/<*>", status="301") for n in range(docs)),
    ]
    more = (Redirect(source=f"/shop-{n}/<id>", target=f"/s/{n}/<id>") for n in range(count - len(rules) - 1))
    last = [Redirect(source="/<*>", target="/index.html", status="404-200")] if count else []
    files = (BundleFile(path, 1, "", "", "", False) for path in ("index.html", "about.html", "assets/app.js"))
    entries = compile_entries(Bundle(Path(), tuple(files), (*rules, *more, *last)), _RELEASE)
    return {**entries.keys, "live": entries.live}


def _as_list(entries: dict[str, str]) -> dict[str, str]:
    kept = {key: value for key, value in entries.items() if key.partition("/")[2][:1] not in ("b", "c")}
    values = (json.loads(value) for key, value in entries.items() if key not in kept)
    chunks: list[list[object]] = [[]]
    for rule in sorted((rule for value in values for rule in value), key=lambda rule: rule["n"]):
        if len(json.dumps([*chunks[-1], rule], separators=(",", ":"))) > VALUE_LIMIT:
            chunks.append([])
        chunks[-1].append(rule)
    live = json.loads(entries["live"])
    plain = {key: value for key, value in live.items() if key not in ("b", "d")}
    listed = {f"{_RELEASE}/c{k}": json.dumps(chunk, separators=(",", ":")) for k, chunk in enumerate(chunks)}
    return {**kept, **listed, "live": json.dumps({**plain, "c": len(listed)})}


def _asked(workshop: Workshop, command: tuple[str, ...], entries: dict[str, str]) -> tuple[float, float]:
    code = function_code().replace("import cf from 'cloudfront';", "")
    filled = {"keys": json.dumps(entries), "uris": json.dumps(_URIS), "code": code}
    script = workshop.scratch / "edge-loop.js"
    script.write_text(_LOOP % {**filled, "warm": _WARM, "requests": _REQUESTS}, encoding="utf-8")
    done = subprocess.run([*command, str(script)], capture_output=True, text=True, check=True, timeout=300)
    microseconds, reads = json.loads(done.stdout)
    return microseconds, reads
