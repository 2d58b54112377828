"""The blueprint of leaders' pages; the views register themselves in the modules beside."""

from flask import Blueprint

blueprint = Blueprint("reviews", __name__)
