"""Run a notebook in memory with papermill; a notebook that fails leaves nothing behind."""

import logging
import os
import secrets
import sys
import warnings
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import papermill
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets import Unicode

from assessment import errors
from assessment.errors import AssessmentError, ReportError
from assessment.staging import RUN_VARIABLE

PARAMETERS = ("organisation", "wave", "audience", "language")
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


class PrivateKernel(AsyncKernelManager):
    """Talk to the kernel through files that only the user may open, where the system has such sockets."""

    transport = Unicode("tcp" if sys.platform == "win32" else "ipc")


def run_notebook(name: str, *, parameters: Mapping[str, str], workspace: Path, run: Path) -> NotebookNode:
    """Execute ``notebooks/<name>.ipynb`` with its parameters and give the executed notebook.

    Parameters
    ----------
    run
        The staging folder where the notebook's results wait to be published.

    Raises
    ------
    ReportError
        When a cell fails: its number and the class of the error, never what it held. A problem that a person can put
        right is raised as what it is.
    """
    if unknown := sorted(set(parameters) - set(PARAMETERS)):
        raise ReportError(f"unknown parameters of the report: {', '.join(unknown)}")
    with _environment(RUN_VARIABLE, str(run)), _quiet():
        try:
            return papermill.execute_notebook(
                str(NOTEBOOKS / f"{name}.ipynb"),
                None,
                parameters=dict(parameters),
                cwd=str(workspace),
                kernel_name="python3",
                kernel_manager_class=PrivateKernel,
                extra_arguments=["--log-level=CRITICAL"],
                progress_bar=False,
                request_save_on_cell_execute=False,
            )
        except PapermillExecutionError as error:
            raise _in_plain_words(error) from None


def _in_plain_words(error: PapermillExecutionError) -> AssessmentError:
    known = getattr(errors, str(error.ename), None)
    if isinstance(known, type) and issubclass(known, AssessmentError):
        headline, *problems = str(error.evalue).split("\n  - ")
        return known(headline, problems)
    mark = secrets.token_hex(4)
    return ReportError(
        f"cell {error.exec_count} of the report failed ({error.ename}, error {mark}); nothing was published"
    )


@contextmanager
def _environment(name: str, value: str) -> Generator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


@contextmanager
def _quiet() -> Generator[None]:
    """Keep papermill's own log lines, which may quote outputs, off the terminal."""
    logger = logging.getLogger("papermill")
    before = logger.disabled
    logger.disabled = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logger.disabled = before
