"""The blueprint of tasks' progress; the views stand in the modules beside."""

from flask import Blueprint

blueprint = Blueprint("progress", __name__)
