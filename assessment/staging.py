"""Keep what one run has computed in its private folder, so that nothing is scored twice."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessment import files
from assessment.results import Results, results_from_json

RUN_VARIABLE = "ASSESSMENT_RUN"
RESULTS, LEDGER, PLAN = "results.json", "ledger.json", "plan.json"


@dataclass(frozen=True)
class Staged:
    """Read and write the working files of one run; the folder is private and is removed when the run ends."""

    folder: Path

    @classmethod
    def of_this_run(cls) -> "Staged | None":
        """Give the staging of the run that this process belongs to; None in a notebook worked in by hand."""
        folder = os.environ.get(RUN_VARIABLE)
        return cls(Path(folder)) if folder else None

    @property
    def is_complete(self) -> bool:
        """Whether this run has been scored and gated already."""
        return (self.folder / RESULTS).is_file()

    def keep(self, results: Results, ledger: Sequence[Mapping[str, object]], plan: Mapping[str, object]) -> None:
        """Write what was released and its ledger rows; the results come last, so that they stand for the whole."""
        files.write_text(self.folder / LEDGER, json.dumps(list(ledger)))
        files.write_text(self.folder / PLAN, json.dumps(dict(plan)))
        files.write_text(self.folder / RESULTS, results.to_json())

    def results(self) -> Results:
        """Read the results of this run."""
        return results_from_json((self.folder / RESULTS).read_text(encoding="utf-8"))

    def ledger(self) -> list[dict[str, object]]:
        """Read the ledger rows of this run."""
        return json.loads((self.folder / LEDGER).read_text(encoding="utf-8"))

    def plan(self) -> dict[str, object]:
        """Read the merge plan of this run."""
        return json.loads((self.folder / PLAN).read_text(encoding="utf-8"))
