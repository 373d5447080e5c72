"""The folders below replies/: files written whole, moved without overwriting, looked at again and
again. What a file means is judged by core/filing/judge.py, not here."""

from __future__ import annotations

from tactd.adapters.staging.folders import Staging
from tactd.adapters.staging.look import Found

__all__ = ["Found", "Staging"]
