"""Let `python -m assessment` be the command `assess`."""

from assessment.cli import main

main()
