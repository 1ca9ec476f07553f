"""One act that a text speaks of, before it becomes a statement."""

from dataclasses import dataclass

from muster.records import Count, Counted

TOLL_ACTS = frozenset({"kill", "injure", "detain", "abduct", "disappear", "die_other"})
#: Acts that are done by speaking.
SPEECH_ACTS = frozenset({"accuse", "appeal", "claim_responsibility", "deny_responsibility", "offer", "threaten"})
COUNTED: dict[str, Counted] = {
    "kill": "killed", "die_other": "killed", "injure": "injured", "detain": "detained", "abduct": "detained",
    "disappear": "missing", "report_figure": "residents", "transfer": "residents", "displace": "residents",
    "return": "residents", "release": "detained", "attack": "weapons",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act at one head token.  start and end are the tokens of what is said, end exclusive.

    actor and target are head tokens of noun phrases.  nominal: a noun names it, not a verb.
    unexplained: a death whose words ("died", "the deaths of") do not say that anybody caused it.
    part: of a toll that is told beside it, and with a date or place of its own.
    """

    act: str
    head: int
    start: int
    end: int
    actor: int | None = None
    target: int | None = None
    count: Count | None = None
    nominal: bool = False
    withheld: bool = False
    governor: int = -1
    certainty: float = 0.7
    unexplained: bool = False
    part: bool = False
