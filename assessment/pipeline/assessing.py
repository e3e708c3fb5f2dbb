"""Do everything that stands between a wave's stored answers and its report - once a run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from assessment import store as stores
from assessment.errors import StoreError
from assessment.frames import Answers
from assessment.model.policy import Policy
from assessment.model.questionnaire import Questionnaire
from assessment.pipeline.comparing import Before
from assessment.pipeline.gate import Facts, Gated, gate
from assessment.pipeline.intake import check_roster
from assessment.pipeline.merged import Agreed
from assessment.pipeline.practices import coverage_cap, practices_of
from assessment.pipeline.scores import Scores, score
from assessment.pipeline.verbs import compare, recommend
from assessment.pipeline.workspace import Client, client_of, workspace_of
from assessment.results import About, Practices, Results, results_from_json
from assessment.staging import Staged

LIBRARIES = ("assessment", "numpy", "pandas", "scipy")


def assess(organisation: str, wave: str, workspace: str | Path = ".") -> Results:
    """Load, read, score, release, compare and recommend for one wave of an organisation.

    Inside a run the first call computes and the others find its results. By hand it is a preview: the same numbers, and
    nothing is entered in the ledger.

    Raises
    ------
    AssessmentError
        When the organisation or the wave is unknown, or nothing of it may be shown.
    """
    staged = Staged.of_this_run()
    if staged and staged.is_complete:
        return staged.results()
    client = client_of(organisation, workspace=Path(workspace))
    with stores.open_store(client.folder, organisation) as store:
        current = _stored(client, store, wave)
        ledger = stores.ledger_of(store, wave)
        before = _before(client, store, wave, workspace_of(Path(workspace)) / "reports")
        answers_hash = stores.answers_hash(store, wave)
    questionnaire = current.scores.questionnaire
    practices = practices_of(questionnaire, client.settings.practices.get(wave))
    gated = gate(current.scores, current.policy, ledger, _facts(current, practices, before))
    results = _results(client, questionnaire, wave, gated, practices, before, _manifest(current, answers_hash))
    if staged:
        staged.keep(results, gated.ledger, dict(gated.plan.stratum_of))
    return results


@dataclass(frozen=True)
class _Stored:
    """A wave as it lies in the store: its scores, and the rules that were frozen with it."""

    scores: Scores
    policy: Policy
    agreed: Agreed
    declared: tuple[str, ...]


def _stored(client: Client, store: stores.Store, wave: str) -> _Stored:
    """Score a wave by the questionnaire that was frozen with it."""
    frozen = stores.wave_settings(store, wave)
    questionnaire = client.questionnaire_of(f"{frozen.questionnaire}/{frozen.version}", frozen.variants, frozen.form)
    codes = stores.answers_of(store, wave)
    roster = {role: int(str(entry["people"])) for role, entry in frozen.roster.items()}
    check_roster(codes, roster)
    items = [item for item in questionnaire.items if item in codes]
    answers = Answers(codes[["respondent", "role", "team", *items]])
    opened = [role for role, entry in frozen.roster.items() if entry.get("open_group")]
    return _Stored(
        scores=score(answers, questionnaire, roster or None),
        policy=questionnaire.policy.raised(k=int(str(frozen.policy["k"]))),
        agreed=Agreed(opened[0] if opened else None, frozen.role_groups),
        declared=tuple(role for role, n in roster.items() if n > 0),
    )


def _before(client: Client, store: stores.Store, wave: str, reports: Path) -> Before | None:
    """Find the newest wave before this one that was reported: only what was printed is compared with."""
    names = [summary.name for summary in stores.list_waves(store)]
    for name in reversed(names[: names.index(wave)]):
        issue = stores.last_issue(store, name)
        path = reports / client.id / name / (issue or "") / "results.json"
        if issue and path.is_file():
            printed = results_from_json(path.read_text(encoding="utf-8"))
            stored = _stored(client, store, name)
            ledger = stores.ledger_of(store, name)
            return Before(stored.scores, stored.policy, stored.agreed, ledger, printed.released, name)
    return None


def _facts(current: _Stored, practices: Practices | None, before: Before | None) -> Facts:
    return Facts(
        agreed=current.agreed,
        declared=current.declared,
        coverage=practices.coverage if practices else None,
        coverage_cap=coverage_cap(practices, current.scores.questionnaire.policy),
        before=before,
    )


def _results(  # noqa: PLR0917 - what results are made of
    client: Client,
    questionnaire: Questionnaire,
    wave: str,
    gated: Gated,
    practices: Practices | None,
    before: Before | None,
    provenance: Mapping[str, object],
) -> Results:
    settings = client.settings
    targets = {measure: target.level for measure, target in settings.targets.items()}
    coverage = practices.coverage if practices else None
    advised = recommend(gated.released, questionnaire, targets=targets, coverage=coverage)
    dates = client.wave(wave)
    return Results(
        about=About(
            organisation=client.id,
            name=settings.name,
            simulated=settings.simulated,
            wave=wave,
            opened=dates.opened,
            closed=dates.closed,
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            status=questionnaire.structure.status,
            variants=tuple(sorted(settings.variants)),
            form=questionnaire.form,
        ),
        released=gated.released,
        changes=compare(gated.released, before.released if before else None),
        practices=practices,
        patterns=advised.patterns,
        recommended=advised.recommended,
        targets=targets,
        provenance=provenance,
    )


def _manifest(current: _Stored, answers_hash: str) -> dict[str, object]:
    """Say what anyone needs to get the same numbers from the same answers."""
    questionnaire = current.scores.questionnaire
    return {
        "questionnaire": f"{questionnaire.id}/{questionnaire.version}",
        "fingerprint": questionnaire.fingerprint,
        "answers": answers_hash,
        "k": current.policy.k,
        "seed": current.policy.seed,
        "draws": current.policy.draws,
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def newest_wave(store: stores.Store, wave: str | None) -> str:
    """Give the wave, if there is such a one; without a name the newest.

    Raises
    ------
    StoreError
        Naming the waves that exist.
    """
    if wave is not None:
        return stores.wave_settings(store, wave).name
    names: Sequence[str] = [summary.name for summary in stores.list_waves(store)]
    if not names:
        raise StoreError(f"'{store.organisation}' has no wave yet; import answers first")
    return names[-1]
