"""What templates show of a search: the words that were looked for, marked."""

from flask import Flask
from markupsafe import Markup, escape

from pledges.index.rules import Asked, marked


def marked_up(text: str, asked: Asked) -> Markup:
    """The text with the words that were looked for marked."""
    pieces = [
        Markup("<mark>{}</mark>").format(words) if hit else escape(words)
        for words, hit in marked(text, asked)
    ]
    return Markup("").join(pieces)


def init(app: Flask) -> None:
    """Give every template the mark."""
    app.jinja_env.filters["marked"] = marked_up
