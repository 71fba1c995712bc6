"""The documentation of every rule, from the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass

from engine.doctor.rules import RULES
from engine.doctor.spec_rules import SPEC_RULES


@dataclass(frozen=True, slots=True)
class Document:
    """What there is to say of a rule. The reader's rules have no ``why`` and no one
    severity: their messages tell."""

    name: str
    what: str
    severity: str = ""
    why: str = ""
    fix: str = ""
    source: str = ""

    @property
    def text(self) -> str:
        """All of it for people."""
        return "\n\n".join(part for part in (self.what, self.why, self.fix, self.source) if part)

    @property
    def markdown(self) -> str:
        """All of it as Markdown, without a heading."""
        why = f"**Why:** {self.why}" if self.why else ""
        fix = f"**Fix:** {self.fix}" if self.fix else ""
        source = f"[{self.source}]({self.source})" if self.source else ""
        return "\n\n".join(part for part in (self.what, why, fix, source) if part)


def documents() -> tuple[Document, ...]:
    """Every rule: the doctor's, then the reader's."""
    own = (Document(r.name, r.what, r.severity, r.why, r.fix, r.source) for r in RULES)
    return (*own, *(Document(name, what) for name, what in SPEC_RULES.items()))


def reference() -> str:
    """The page about all rules, as Markdown."""
    own, read = documents()[: len(RULES)], documents()[len(RULES) :]
    parts = [_HEAD]
    parts += [f"### {rule.name}\n\n*{rule.severity}.* {rule.markdown}\n" for rule in own]
    parts.append(f"{_READ}\n\n| rule | what it means |\n| --- | --- |")
    parts.append("\n".join(f"| `{rule.name}` | {rule.what} |" for rule in read))
    return "\n".join(parts) + "\n"


_HEAD = """\
# Rules of `windlass check`

Each problem comes with its rule, file, line and fix. `windlass check --explain RULE` prints what is below,
`--fix` mends what has only one meaning, `--fix-sources` also in the code of the app, `--strict` lets warnings
fail. `--json` is for programs, `--sarif` for code scanning:

```yaml
- run: windlass check --sarif > windlass.sarif
- uses: github/codeql-action/upload-sarif@v3
  if: always()
  with: {sarif_file: windlass.sarif}
```

A rule that is wrong in your case is silenced in `amplify.yml`, with the reason (Amplify passes over it):

```yaml
check:
  ignore:
    - {rule: node-drift, reason: "engines is for the users of the package", paths: [packages/**]}
```

Without `paths` it is silent everywhere. A silence without a reason is an error, one that finds nothing any
more a warning. Errors in `amplify.yml` itself cannot be silenced.

## About the app
"""
_READ = "\n## About amplify.yml, customHttp.yml and policies\n\nTheir messages say what to write."
