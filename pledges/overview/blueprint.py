"""Where the pages of the overview are hung; the views stand in the modules beside."""

from flask import Blueprint

from pledges.overview import wording

blueprint = Blueprint("overview", __name__)
blueprint.add_app_template_global(wording.MARKS.copy, "mark_words")
blueprint.add_app_template_filter(wording.share, "share")
blueprint.add_app_template_filter(wording.points, "points")
blueprint.add_app_template_filter(wording.month, "month")
blueprint.add_app_template_filter(wording.value, "reached_words")
blueprint.add_app_template_filter(wording.target, "target_words")
