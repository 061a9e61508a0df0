"""The tree stays small, portable and laid out as decided."""

import re

import pytest

from tests.world.tree import files, text

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "config",
    "display_ui",
    "kiosk_ui",
    "pyproject.toml",
    "queue_server",
    "tests",
}

# Lines beyond which a file must be split; aim at half of it.
LONGEST = {".py": 350, ".js": 300}

# Put together from pieces, so that this file does not find itself. A package comes by name, from whichever registry the
# machine is set up for, and a path of one machine is wrong on every other.
FOREIGN = re.compile(
    "|".join(
        [
            r"py" + r"pi\.(org|io)",
            r"python" + r"hosted",
            r"registry\." + r"[a-z]+\.(org|com)",
            r"npm" + r"js\.",
            r"deb" + r"\.debian\.org",
            r"/work/" + r"(main|shared|\.library)",
            r"/ro" + r"ot/",
            r"/tmp/" + r"antrean",
            r"/opt/" + r"(pypi|wheels)",
        ]
    )
)


def test_only_known_names_lie_at_the_top():
    assert {path.parts[0] for path in files()} <= TOP_LEVEL


def test_no_file_names_a_package_registry_or_a_path_of_one_machine():
    found = [f"{path}: {match[0]}" for path in files() if (match := FOREIGN.search(text(path)))]
    assert not found


@pytest.mark.parametrize("line", ["https://py" + "pi.org/simple", "cd /work/" + "main", "/ro" + "ot/.npmrc"])
def test_the_search_would_find_one(line):
    assert FOREIGN.search(line)


@pytest.mark.parametrize("suffix", LONGEST)
def test_no_source_file_outgrows_its_reader(suffix):
    long = {str(path): lines for path in files(suffix) if (lines := text(path).count("\n")) > LONGEST[suffix]}
    assert not long
