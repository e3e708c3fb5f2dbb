"""Simulate what people think and answer, from distributions whose mean answer is known exactly.

A person's standing on a dimension is a mixture of normals around the centre of their role (`SHAPES`), the same mixture
in every dimension; dimensions correlate, because people keep most of their place from one to the next. Facets and
single answers add normal noise of their own, and the sum is cut to the five answers. Everyone has the same chance of
leaving an answer out, whatever the answer is.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from scipy.special import ndtr

import assessment
from assessment.frames import CANNOT_TELL, NOT_ANSWERED, NOT_ASKED
from assessment.model.questionnaire import Questionnaire
from assessment.scoring.arrays import BoolArray, FloatArray, IntArray

STEP = 25.0
FACET_SD, ANSWER_SD = 8.0, 18.0
KEEPS_PLACE = 0.6
"""Share of people who stand in the same part of the mixture on every dimension."""
TELLS_FACET, TELLS_ITEM, ANSWERS_ITEM = 0.95, 0.97, 0.99


@dataclass(frozen=True)
class Shape:
    """A mixture of normals with mean 0: the weight, mean and standard deviation of each part."""

    weights: FloatArray
    means: FloatArray
    sds: FloatArray


def _shape(*parts: tuple[float, float, float]) -> Shape:
    weights, means, sds = (np.array(column) for column in zip(*parts, strict=True))
    return Shape(weights, means, sds)


SHAPES = {
    "normal": _shape((1.0, 0.0, 16.0)),
    "skewed": _shape((0.7, -8.0, 7.0), (0.2, 10.0, 8.0), (0.1, 36.0, 9.0)),
    "polarised": _shape((0.5, -22.0, 8.0), (0.5, 22.0, 8.0)),
}


@cache
def questionnaire() -> Questionnaire:
    """Load the questionnaire once in each process."""
    return assessment.load("product-led-maturity")


def expected_points(centres: FloatArray, shape: Shape) -> FloatArray:
    """Give the mean answer (0-100) of people around each centre, exactly: no answer is left out because of its value.

    The answer is k steps or more where the latent value passes halfway between k - 1 and k.
    """
    spread = np.sqrt(shape.sds**2 + FACET_SD**2 + ANSWER_SD**2)
    halfway = STEP * (np.arange(1, 5) - 0.5)
    middle = centres[..., np.newaxis, np.newaxis] + shape.means[:, np.newaxis]
    passed = ndtr((middle - halfway) / spread[:, np.newaxis]).sum(axis=-1)
    return STEP * (passed * shape.weights).sum(axis=-1)


def leanings(centres: FloatArray, shape: Shape, rng: np.random.Generator) -> FloatArray:
    """Give every person's latent value on every facet.

    Parameters
    ----------
    centres
        Shape (n_people, n_dimensions): where people of their role stand.
    """
    n, n_dimensions = centres.shape
    own = rng.choice(shape.weights.size, p=shape.weights, size=(n, 1))
    other = rng.choice(shape.weights.size, p=shape.weights, size=(n, n_dimensions))
    part = np.where(rng.random((n, n_dimensions)) < KEEPS_PLACE, own, other)
    unit = np.sqrt(0.5) * (rng.standard_normal((n, 1)) + rng.standard_normal((n, n_dimensions)))
    standing = centres + shape.means[part] + shape.sds[part] * unit
    lengths = [len(dimension.parts) for dimension in questionnaire().dimensions]
    facets = np.repeat(standing, lengths, axis=1)
    return facets + FACET_SD * rng.standard_normal(facets.shape)


def answers(leaning: FloatArray, rng: np.random.Generator) -> IntArray:
    """Give every person's answer to every item, as if each could answer all: shape (n_people, n_items)."""
    items = questionnaire().items.values()
    latent = np.repeat(leaning, [len(facet.items) for facet in questionnaire().facets.values()], axis=1)
    steps = np.clip(np.rint((latent + ANSWER_SD * rng.standard_normal(latent.shape)) / STEP), 0, 4)
    is_reversed = np.array([item.reversed for item in items])
    return (1 + np.where(is_reversed, 4 - steps, steps)).astype(np.int64)


def left_out(n: int, rng: np.random.Generator) -> IntArray:
    """Give where answers are missing, shape (n, n_items): *cannot tell*, *not answered*, or 0 for an answer."""
    facets = questionnaire().facets.values()
    tells = np.repeat(rng.random((n, len(facets))) < TELLS_FACET, [len(facet.items) for facet in facets], axis=1)
    tells &= rng.random(tells.shape) < TELLS_ITEM
    answered = rng.random(tells.shape) < ANSWERS_ITEM
    return np.where(answered, np.where(tells, 0, CANNOT_TELL), NOT_ANSWERED).astype(np.int64)


def table(codes: IntArray, missing: IntArray, roles: np.ndarray) -> pd.DataFrame:
    """Give ANSWERS: what each person was asked by routing, less what was left out."""
    coded = np.where(_asked()[roles], np.where(missing < 0, missing, codes), NOT_ASKED).astype(np.int8)
    about = pd.DataFrame(
        {"respondent": np.arange(len(roles)).astype(str), "role": np.array(list(questionnaire().roles))[roles]}
    )
    frame = pd.DataFrame(coded, columns=list(questionnaire().items))
    return pd.concat([about.assign(team=None), frame], axis=1)


@cache
def _asked() -> BoolArray:
    """Give which items the routing puts to each role, shape (n_roles, n_items)."""
    items = questionnaire().items.values()
    return np.array([[item.is_asked_of(role) for item in items] for role in questionnaire().roles])
