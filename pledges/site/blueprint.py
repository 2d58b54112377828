"""Where the pages of the frame are hung: the first page, help, health, the calendar of due days."""

from flask import Blueprint

blueprint = Blueprint("site", __name__)
