"""Hold the branch coverage of the last test run against the goals of the house."""

import json
import sys
import tempfile
from pathlib import Path

import coverage

OVERALL = 97.0
WHOLE = ("algorithms/", "charts/", "kernel/", "process/", "live/")
WHOLE_FILES = ("/rules.py", "/actions.py")
WHOLE_FOLDERS = ("/actions/",)


def must_be_whole(path: str) -> bool:
    """Tell whether every branch of the file must have been taken."""
    inside = path.rsplit("src/hakapa/", maxsplit=1)[-1]
    return (
        inside.startswith(WHOLE)
        or inside.endswith(WHOLE_FILES)
        or any(folder in inside for folder in WHOLE_FOLDERS)
    )


def main() -> int:
    """Print what falls short of the goals; return 1 when something does."""
    measured = coverage.Coverage()
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        overall = measured.json_report(outfile=str(report))
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    short = {
        path: figures["summary"]["percent_covered"]
        for path, figures in files.items()
        if must_be_whole(path) and figures["summary"]["percent_covered"] < 100
    }
    for path, percent in sorted(short.items()):
        missing = files[path]["missing_lines"], files[path]["missing_branches"]
        sys.stdout.write(f"{path}: {percent:.1f} %, goal 100 %; missing {missing}\n")
    sys.stdout.write(f"branch coverage {overall:.2f} %, goal {OVERALL} %\n")
    return int(bool(short) or overall < OVERALL)


if __name__ == "__main__":
    sys.exit(main())
