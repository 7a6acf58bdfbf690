from .carriers import Carrier, carry, table, uncarried
from .clauses import Clause, ClauseKind, clause, clauses
from .requirements import (
    Judgement,
    Problem,
    Requirement,
    Subject,
    blocking_messages,
    judge,
    register,
    requirements,
)

__all__ = [
    "Carrier",
    "Clause",
    "ClauseKind",
    "Judgement",
    "Problem",
    "Requirement",
    "Subject",
    "blocking_messages",
    "carry",
    "clause",
    "clauses",
    "judge",
    "register",
    "requirements",
    "table",
    "uncarried",
]
