"""The file of settings that an operator's answers make, and its reader.

Lines `DIRECTORY_NAME="value"`, quoted so that a shell and systemd's EnvironmentFile read the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from directory.config import BadSetting
from directory.files.whole import replacing

LINE = re.compile(r'(DIRECTORY_[A-Z_]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"\\$`]*))')
SPECIAL = re.compile(r'(["\\$`])')


def write(path: Path, settings: Mapping[str, str]) -> None:
    """Write settings by name to `path`, mode 0600; those without a value are left out."""
    with replacing(path) as file:
        for name, value in settings.items():
            if value:
                quoted = SPECIAL.sub(r"\\\1", value)
                file.write(f'{name}="{quoted}"\n'.encode())


def read(path: Path) -> dict[str, str]:
    """The settings of such a file. Raises BadSetting with one line for any other."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadSetting(f"{path}: can't be read") from None
    found = {}
    for number, line in enumerate(lines, 1):
        match = LINE.fullmatch(line.strip())
        if match:
            quoted, bare = match[2], match[3]
            found[match[1]] = bare if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        elif line.strip() and not line.lstrip().startswith("#"):
            raise BadSetting(f'{path}:{number}: must be DIRECTORY_NAME="value"')
    return found
