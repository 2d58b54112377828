"""Questions about authorisations."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from pledges.accounts.authorisations.models import Authorisation


def whole() -> Select[Authorisation]:
    """Authorisations with unit and deputy, the last to begin first."""
    return (
        select(Authorisation)
        .options(joinedload(Authorisation.unit), joinedload(Authorisation.account))
        .order_by(Authorisation.valid_from.desc(), Authorisation.id.desc())
    )


def of_deputy(account_id: int) -> Select[Authorisation]:
    """Everything that a person was ever authorised to sign, whatever the day."""
    return whole().where(Authorisation.account_id == account_id)
