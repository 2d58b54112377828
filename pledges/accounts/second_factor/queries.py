"""Questions about second factors."""

from sqlalchemy import Select, func, select

from pledges.accounts.second_factor.models import RecoveryCode


def codes_left(account_id: int) -> Select[int]:
    """How many recovery codes were not used yet."""
    return (
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    )
