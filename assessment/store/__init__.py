"""Keep one organisation's answers, issues and ledger in one SQLite file; nothing acknowledged is lost or changed."""

from assessment.store.answers import answers_hash, answers_of
from assessment.store.imports import ImportOutcome, add_import
from assessment.store.issues import begin_issue, finish_issue, last_issue, merge_plan_of, withdraw_issue
from assessment.store.ledger import ledger_of
from assessment.store.opening import Store, create_store, has_store, open_store
from assessment.store.practices import practices_of, set_practices
from assessment.store.pseudonyms import keyed_hash
from assessment.store.reconciliation import reconcile
from assessment.store.verification import verify
from assessment.store.waves import WaveSettings, WaveSummary, list_waves, open_wave, wave_settings
from assessment.store.writer import only_writer

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
    "keyed_hash",
    "last_issue",
    "ledger_of",
    "list_waves",
    "merge_plan_of",
    "only_writer",
    "open_store",
    "open_wave",
    "practices_of",
    "reconcile",
    "set_practices",
    "verify",
    "wave_settings",
    "withdraw_issue",
]
