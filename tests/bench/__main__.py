"""Measures, prints tables with targets, writes `var/bench.json`: `make bench`.

Words choose what: `pages`, `search`, `kills`, `serving`; without one all. Ratios hold on a noisy
machine, milliseconds are given for feeling.
"""

from __future__ import annotations

import sys

from tests.bench import kills, pages, search, serving

BENCHES = {"pages": pages.main, "search": search.main, "kills": kills.main, "serving": serving.main}


def main(words: list[str]) -> int:
    """Run what the words name; 2 for an unknown one."""
    if unknown := set(words) - BENCHES.keys():
        print(f"no bench {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
        return 2
    for word in words or BENCHES:
        BENCHES[word]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
