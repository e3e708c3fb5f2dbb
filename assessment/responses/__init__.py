"""Read survey exports: file in, checked ANSWERS and a receipt out."""

from assessment.responses.adapter import load_adapters
from assessment.responses.read import read_answers

__all__ = ["load_adapters", "read_answers"]
