"""Show that something is going on."""

from types import TracebackType

from rich.console import Console


class Working:
    """A line with a spinner and the time, on a terminal; silent where nobody watches."""

    def __init__(self, message: str) -> None:
        self._status = Console(stderr=True).status(f"{message} ...")

    def __enter__(self) -> None:
        """Start the line."""
        self._status.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away, whatever happened."""
        self._status.stop()
