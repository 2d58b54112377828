"""Where the pages of accounts are hung: signing in, one's own account, administration, set-up."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
