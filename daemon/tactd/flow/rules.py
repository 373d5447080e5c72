"""What a decision depends on besides facts."""

from __future__ import annotations

from dataclasses import dataclass

from tactd.config import policy_digest
from tactd.core.compose.template_set import Templates
from tactd.core.types import Policy


@dataclass(frozen=True, slots=True)
class Rules:
    """Policy and texts, with the policy's hash. Replaced as a whole on reload."""

    policy: Policy
    templates: Templates
    digest: str

    @classmethod
    def of(cls, policy: Policy, templates: Templates) -> Rules:
        return cls(policy, templates, policy_digest(policy))
