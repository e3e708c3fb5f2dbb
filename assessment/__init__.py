"""Assess how product-led an organisation is: load, read, score, release, compare, recommend, render.

>>> import assessment
>>> questionnaire = assessment.load("product-led-maturity")
>>> len(questionnaire.items)
48
"""

from typing import TYPE_CHECKING

from assessment import errors

if TYPE_CHECKING:
    from assessment.drawing import render
    from assessment.pipeline import analyse_items, assess, compare, load, read, recommend, release, score

VERBS = ("analyse_items", "assess", "compare", "load", "read", "recommend", "release", "render", "score")
__all__ = ["analyse_items", "assess", "compare", "errors", "load", "read", "recommend", "release", "render", "score"]


def __getattr__(name: str) -> object:
    """Import a verb when it is first asked for, so that `assess --help` need not wait for the scientific libraries."""
    if name not in VERBS:
        raise AttributeError(f"module 'assessment' has no attribute '{name}'")
    if name == "render":
        from assessment import drawing

        return drawing.render
    from assessment import pipeline

    return getattr(pipeline, name)
