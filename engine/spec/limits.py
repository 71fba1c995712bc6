"""How much of a file is read before it is refused: a spec is small, a hostile one is not.

The largest of 181 real files has 4,240 bytes, 205 values and is 7 levels deep.
"""

from __future__ import annotations

FILE_BYTES = 1_000_000
DEPTH = 50
NODES = 20_000  # after aliases are expanded, so that "billion laughs" stops here
PROBLEMS = 100  # shown at most; nobody reads more, and a hostile file can have thousands
