"""Pages of campaigns."""

from flask import Blueprint

blueprint = Blueprint("campaigns", __name__)
