"""How to read this: who was asked, who answered, what protects them."""

from assessment.charts import ParticipationRow, participation_bars
from assessment.results import Results
from assessment.sections.blocks import Figure, Note, Paragraph, Section, Table
from assessment.sections.figures import cell, people, strata
from assessment.sections.page_one import participation
from assessment.sections.words import SHOWN, Words, whole

BANDS = {"below_50": (0.0, 0.5), "50_69": (0.5, 0.7), "70_84": (0.7, 0.85), "85_up": (0.85, 1.0)}


def how_to_read(results: Results, words: Words) -> Section:
    """Say when and whom the survey asked, how each group took part, and what a blank means."""
    about = results.about
    message = "how_message_single" if results.released.roles.is_single else "how_message"
    dates = (
        words.say("how_dates", opened=words.date(about.opened), closed=words.date(about.closed))
        if about.opened and about.closed
        else words.say("how_wave", wave=about.wave)
    )
    said = [dates, words.say("how_language"), _balance(results, words)]
    if words.texts.status == "draft":
        said.insert(2, words.say("how_draft"))
    missing = results.released.roles.missing
    if missing:
        said.append(words.say("how_missing", roles=", ".join(words.group(role) for role in missing)))
    blocks = (Paragraph(" ".join(said)), _figure(results, words), _note(results, words))
    return Section("how", "2", words.say("how_name"), words.say(message, n=people(results)[0]), blocks)


def _balance(results: Results, words: Words) -> str:
    found = results.released.roles.strata
    if results.released.roles.is_single:
        return words.say("how_single")
    plain = [(words.name(d), cell(results, d).respondent) for d in words.dimensions]
    scores = ", ".join(f"{name} {whole(score)}" for name, score in plain if score is not None)
    return words.say("how_balance", roles=len(found), scores=scores or "–")


def _figure(results: Results, words: Words) -> Figure:
    rows = [_everyone(results, words), *(_group(results, words, stratum) for stratum in strata(results, words))]
    alt = words.say("participation_alt", printed=rows[0].printed)
    return Figure(
        id="fig-participation",
        message=words.say("participation_message"),
        sub=words.say("participation_sub"),
        drawing=participation_bars(rows, alt=alt, axis=(words.percent(0), words.percent(0.5), words.percent(1))),
        source="",
        table=Table((words.say("group_word"), words.say("who_answered")), tuple((r.label, r.printed) for r in rows)),
    )


def _everyone(results: Results, words: Words) -> ParticipationRow:
    n, asked = people(results)
    share = n / asked if asked else None
    return ParticipationRow(
        words.say("everyone"),
        None if share is None else 0.0,
        share,
        participation(results, words).rstrip("."),
        is_exact=True,
    )


def _group(results: Results, words: Words, stratum: str) -> ParticipationRow:
    rows = results.released.participation
    row = rows[(rows["group_kind"] == "role") & (rows["group"] == stratum)].iloc[0]
    name = words.group(stratum)
    if row["status"] != SHOWN:
        return ParticipationRow(name, None, None, words.say("band_unknown"))
    low, high = BANDS[str(row["band"])]
    return ParticipationRow(name, low, high, words.say(f"band_{row['band']}"))


def _note(results: Results, words: Words) -> Note:
    policy = words.questionnaire.policy
    k = results.provenance.get("k", policy.k)
    said = [Paragraph(words.say("note_threshold_text"), "small", words.say("note_threshold", k=k))]
    for stratum in results.released.roles.strata:
        if stratum.open:
            text = words.say("note_open_text", role=words.group(stratum.id), floor=policy.open_group_floor)
            said.append(Paragraph(text, "small", words.say("note_open")))
        if len(stratum.roles) > 1 and len(results.released.roles.strata) > 1:
            roles = ", ".join(words.group(role) for role in stratum.roles)
            said.append(Paragraph(words.say("note_merged_text", roles=roles), "small", words.say("note_merged")))
    said.append(Paragraph(words.say("note_word"), "small"))
    return Note(tuple(said))
