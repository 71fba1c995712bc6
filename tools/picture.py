"""A terminal screen with colors on stdin -> an SVG on stdout, for the README.

tmux capture-pane -e -p | python tools/picture.py "windlass deploy" > docs/deploy.svg
"""

import io
import sys

from rich.console import Console
from rich.text import Text

WIDTH = 118


def main() -> None:
    """Draw what stdin has, without the empty lines at its end."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    for line in sys.stdin.read().rstrip().splitlines():
        console.print(Text.from_ansi(line))
    print(console.export_svg(title=sys.argv[1]))


if __name__ == "__main__":
    main()
