"""Privacy: what protects people, how much is left out because of it, and what cannot be promised."""

from assessment.results import Results
from assessment.sections.blocks import Paragraph, Section
from assessment.sections.words import Words


def privacy(results: Results, words: Words) -> Section:
    """Say the rule, the number of blank cells, and the limits of the promise."""
    n = results.released.n_blank
    message = words.say("privacy_message_some" if n else "privacy_message_none", n=n)
    said = (
        Paragraph(words.say("privacy_text", k=results.provenance.get("k", words.questionnaire.policy.k))),
        Paragraph(words.say("privacy_small")),
        Paragraph(words.say("privacy_not_text"), strong=words.say("privacy_not")),
    )
    return Section("privacy", "C", words.say("privacy_name"), message, said)
