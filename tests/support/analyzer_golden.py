"""The golden file of the analyzer: its words and what the analyzer makes of them.

Run `python tests/support/analyzer_golden.py` to write it anew after a change of rules or word lists. New words are
added to the file by hand, a line each with only the word; the rest follows. It refuses when the outcome is another and
the version is not: then raise `_RULES` in `search/analyzer.py` first.
"""

import sys
from pathlib import Path

from search.analyzer import ANALYZER_VERSION, analyze

GOLDEN = Path(__file__).parent.parent / "unit/search/golden.tsv"
_HEAD = "# version "


def read() -> tuple[str, list[str]]:
    """The version that the file was written by, and its rows."""
    head, *rows = GOLDEN.read_text(encoding="utf-8").splitlines()
    return head.removeprefix(_HEAD), rows


def row(word: str) -> str:
    """A word, and for each of its tokens the exact form, the stem and further terms."""
    tokens = (f"{token.exact} {token.stem} {' '.join(sorted(token.extra))}".rstrip() for token in analyze(word))
    return "\t".join((word, *tokens))


def rows_now() -> list[str]:
    """The rows as the analyzer makes them today, for the words of the file."""
    return [row(word) for word in sorted({old.partition("\t")[0] for old in read()[1]})]


def main() -> None:
    """Write the file anew."""
    version, rows = read()
    now = rows_now()
    known = {one for one in rows if "\t" in one}
    changed = [
        one for one in now if one not in known and one.partition("\t")[0] in {k.partition("\t")[0] for k in known}
    ]
    if changed and version == ANALYZER_VERSION:
        sys.exit(f"{len(changed)} rows changed ({changed[0]!r}); raise _RULES in search/analyzer.py first.")
    GOLDEN.write_text("\n".join([_HEAD + ANALYZER_VERSION, *now]) + "\n", encoding="utf-8")
    print(f"{len(now)} rows, {len(changed)} changed.")


if __name__ == "__main__":
    main()
