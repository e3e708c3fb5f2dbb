"""R14: refuse to release anything under rules below the floor or of too few people."""

from assessment.errors import PolicyError
from assessment.model.policy import K_FLOOR, OPEN_FLOOR, Policy


def check_policy(policy: Policy) -> None:
    """Refuse a policy below the floor, wherever it came from.

    Raises
    ------
    PolicyError
        Naming the rule and its floor.
    """
    problems = [
        f"{name}: must be at least {floor}; it may be raised, never lowered"
        for name, value, floor in (("k", policy.k, K_FLOOR), ("open_group_floor", policy.open_group_floor, OPEN_FLOOR))
        if value < floor
    ]
    if problems:
        raise PolicyError("the privacy rules are below their floor; nothing was released", problems)


def check_size(n_respondents: int, policy: Policy) -> None:
    """Refuse an organisation that is too small to show anything of.

    Raises
    ------
    PolicyError
        Without the number: it would say who did not answer.
    """
    if n_respondents < policy.k:
        raise PolicyError(
            f"no report: fewer than {policy.k} people answered, so nothing can be shown. Remind people, or leave the "
            "survey open longer"
        )
