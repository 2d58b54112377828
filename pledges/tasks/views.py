"""Pages of tasks."""

from flask import Blueprint

blueprint = Blueprint("tasks", __name__)
