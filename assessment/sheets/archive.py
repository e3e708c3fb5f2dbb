"""Check an archive before any parser sees it: names, number, overlap, size while unpacking, declarations."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from assessment.sheets.limits import Limits

CHUNK = 256 * 1024
LOCAL_HEADER = 30
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
XML_ENDINGS = (".xml", ".rels", ".vml")
ENCRYPTED = 0x1


def archive_problems(archive: ZipFile, limits: Limits) -> list[str]:
    """Name what is suspicious in the list of members, without unpacking anything."""
    members = archive.infolist()
    names = Counter(member.filename.casefold() for member in members)
    checks = {
        f"It has more than {limits.entries} members.": len(members) > limits.entries,
        "A member's name points out of the archive.": any(_escapes(member.filename) for member in members),
        "Two members have the same name.": any(n > 1 for n in names.values()),
        "Members overlap.": _overlap(members),
        "It is encrypted. Save it without a password.": any(m.flag_bits & ENCRYPTED for m in members),
        "A member is compressed in an unusual way.": any(
            m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members
        ),
    }
    return [told for told, is_true in checks.items() if is_true]


def unpacking_problems(archive: ZipFile, limits: Limits) -> list[str]:
    """Unpack every member in pieces, count what comes out, and look for declarations in XML; stop at the first problem.

    The sizes in the headers are not believed.
    """
    total = 0
    for member in archive.infolist():
        size = 0
        tail = b""
        for piece in _pieces(archive, member):
            size += len(piece)
            total += len(piece)
            if total > limits.inflated_bytes:
                return [f"It unpacks to more than {limits.inflated_bytes // (1024 * 1024)} MiB."]
            if size > limits.ratio * max(member.compress_size, 1):
                return [f"A member grows more than {limits.ratio} times when unpacked."]
            # Without NUL bytes UTF-16 reads like ASCII, so one pattern finds a declaration in either.
            seen = tail + (piece.replace(b"\0", b"") if b"\0" in piece else piece)
            if b"<!" in seen and member.filename.casefold().endswith(XML_ENDINGS) and DECLARATION.search(seen):
                return ["A part declares a document type or an entity."]
            tail = seen[-64:]
    return []


def _pieces(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as stream:
        while piece := stream.read(CHUNK):
            yield piece


def _escapes(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in PurePosixPath(name.replace("\\", "/")).parts


def _overlap(members: list[ZipInfo]) -> bool:
    """Tell whether a member begins before the one in front of it can have ended."""
    placed = sorted((member.header_offset, member.compress_size) for member in members)
    return any(start + LOCAL_HEADER + size > following for (start, size), (following, _) in pairwise(placed))
