"""`python -m tactd` is `tactd`."""

from __future__ import annotations

from tactd.cli import main

main()
