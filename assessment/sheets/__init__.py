"""Read table files as guarded grids of text."""

from assessment.sheets.comparable import comparable, comparables
from assessment.sheets.grid import Grid
from assessment.sheets.limits import LARGE, STANDARD, Limits
from assessment.sheets.read import read_grid, read_grids
from assessment.sheets.texts import Texts

__all__ = ["LARGE", "STANDARD", "Grid", "Limits", "Texts", "comparable", "comparables", "read_grid", "read_grids"]
