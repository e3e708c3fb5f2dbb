"""Keep one organisation's answers, issues and ledger in one SQLite file; nothing acknowledged is lost or changed."""

from assessment.store.answers import answers_hash, answers_of
from assessment.store.imports import ImportOutcome, add_import
from assessment.store.issues import (
    begin_issue,
    finish_issue,
    last_issue,
    ledger_of,
    merge_plan_of,
    reconcile,
    withdraw_issue,
)
from assessment.store.opening import Store, create_store, has_store, open_store
from assessment.store.verification import verify
from assessment.store.waves import WaveSettings, WaveSummary, list_waves, open_wave, wave_settings

__all__ = [
    "ImportOutcome",
    "Store",
    "WaveSettings",
    "WaveSummary",
    "add_import",
    "answers_hash",
    "answers_of",
    "begin_issue",
    "create_store",
    "finish_issue",
    "has_store",
    "last_issue",
    "ledger_of",
    "list_waves",
    "merge_plan_of",
    "open_store",
    "open_wave",
    "reconcile",
    "verify",
    "wave_settings",
    "withdraw_issue",
]
