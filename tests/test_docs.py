"""The method statement says what the policy says."""

import re
from pathlib import Path

METHOD = Path(__file__).resolve().parents[1] / "docs" / "method.md"


def test_every_value_in_the_method_statement_is_the_policys(questionnaire):
    stated = re.findall(r"`(\w+)` = ([\d.]+(?:, [\d.]+)*)", METHOD.read_text(encoding="utf-8"))
    assert len(stated) >= 12
    for key, written in stated:
        value = getattr(questionnaire.policy, key)
        known = list(value) if isinstance(value, tuple) else [value]
        assert [float(one.rstrip(".")) for one in written.split(", ")] == [float(one) for one in known], key
