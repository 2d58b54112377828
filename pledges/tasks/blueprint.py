"""Where the pages of tasks are hung; the views stand in the modules beside."""

from flask import Blueprint

blueprint = Blueprint("tasks", __name__)
