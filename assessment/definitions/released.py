"""Guard released versions: a questionnaire that reports were made with never changes."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from assessment.yaml_text import read_yaml

LIST = "released.yaml"


def folder_hash(folder: Path) -> str:
    """Give one SHA-256 over the names and bytes of all files of a version."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def changed_versions(questionnaires: Path) -> Iterator[str]:
    """Yield each released version, ``id/version``, whose folder is not what it was when it was released."""
    written = read_yaml(questionnaires / LIST).data
    released = written if isinstance(written, dict) else {}
    for version, digest in released.items():
        if folder_hash(questionnaires / str(version)) != digest:
            yield str(version)
