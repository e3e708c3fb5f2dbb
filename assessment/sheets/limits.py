"""State how large a file may be, and what reading it may cost."""

from dataclasses import dataclass, fields

MIB = 1024 * 1024
UNRAISED = ("ratio", "cell_characters", "in_process_bytes")


@dataclass(frozen=True)
class Limits:
    """Bound a file before and while it is read.

    Parameters
    ----------
    file_bytes, inflated_bytes, memory_bytes
        Bytes of the file, of everything that an archive unpacks to, and of the reading process.
    entries, ratio
        Members of an archive, and how many times larger one may become when unpacked.
    rows, columns, cells, cell_characters
        Size of one sheet, and the characters of one cell.
    seconds
        Processor and wall time of the reading process.
    in_process_bytes
        Delimited text up to this size is read without a process of its own.
    """

    file_bytes: int = 50 * MIB
    inflated_bytes: int = 200 * MIB
    memory_bytes: int = 512 * MIB
    entries: int = 2_000
    ratio: int = 200
    rows: int = 100_000
    columns: int = 2_000
    cells: int = 5_000_000
    cell_characters: int = 32_767
    seconds: int = 10
    in_process_bytes: int = 2 * MIB

    def raised(self, factor: int) -> "Limits":
        """Raise the limits for a file that a person vouches for; cell length and archive ratio stay."""
        return Limits(**{f.name: getattr(self, f.name) * (1 if f.name in UNRAISED else factor) for f in fields(self)})


STANDARD = Limits()
LARGE = STANDARD.raised(8)
