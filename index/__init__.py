"""Article files -> built index."""

from pathlib import Path

DEMO = Path(__file__).resolve().parent / "demo"  # articles that were written for this project
