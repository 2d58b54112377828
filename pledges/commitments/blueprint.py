"""The blueprint of commitments; the views stand in the modules beside."""

from flask import Blueprint

blueprint = Blueprint("commitments", __name__)
