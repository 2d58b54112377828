"""The blueprint of follow-ups."""

from flask import Blueprint

blueprint = Blueprint("followups", __name__)
