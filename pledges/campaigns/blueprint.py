"""The blueprint of campaigns; their pages show reports too, and stand in progress."""

from flask import Blueprint

blueprint = Blueprint("campaigns", __name__)
