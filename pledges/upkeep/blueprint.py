"""The blueprint of upkeep."""

from flask import Blueprint

blueprint = Blueprint("upkeep", __name__)
