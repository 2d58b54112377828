"""The blueprint of the papers and of their check."""

from flask import Blueprint

blueprint = Blueprint("documents", __name__)
