"""Offer everything that a person does with the product as the command `assess`."""

from assessment.cli.commands import main

__all__ = ["main"]
