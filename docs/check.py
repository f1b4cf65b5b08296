"""Check the documentation: links that lead somewhere, and commands and targets that exist.

Run by ``make lint``. Prints one line a finding, with file and line; exit code 1 where there is one.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
MAKE = re.compile(r"`make ([a-z]+)")


def pages() -> list[Path]:
    """Every Markdown page that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.md"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\n") if name and (ROOT / name).exists()]


def slugs(text: str) -> set[str]:
    """The anchors that a page's headings make, as forges form them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def findings(page: Path, targets: set[str]) -> list[str]:
    """One line for each thing that is wrong with ``page``."""
    text = page.read_text(encoding="utf-8")
    found = []
    for token in MarkdownIt().parse(text):
        for child in token.children or ():
            link = str(child.attrs.get("href") or child.attrs.get("src") or "")
            if not link or re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            where = f"{page.relative_to(ROOT)}:{token.map[0] + 1 if token.map else 1}"
            if not target.exists():
                found.append(f"{where}: {link} leads nowhere")
            elif anchor and target.suffix == ".md" and anchor not in slugs(target.read_text(encoding="utf-8")):
                found.append(f"{where}: {link}: no such heading")
    for number, line in enumerate(text.split("\n"), 1):
        found += [
            f"{page.relative_to(ROOT)}:{number}: there is no `make {name}`"
            for name in MAKE.findall(line)
            if name not in targets
        ]
    return found


def main() -> int:
    """Check every page; return the exit code."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    found = [finding for page in pages() for finding in findings(page, targets)]
    print("\n".join(found) or f"documentation: {len(pages())} pages, every link and command found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
