"""Building the application: the only module that knows every feature."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, Response, request
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from pledges import paths, settings
from pledges.access import commands as access_commands
from pledges.access.roles import Role
from pledges.accounts import commands as account_commands
from pledges.accounts import log_pages as audit
from pledges.accounts import sessions, setting_up
from pledges.accounts import views as accounts
from pledges.accounts.authorisations.rules import Capacity
from pledges.audit import commands as audit_commands
from pledges.audit import telling
from pledges.audit.words import WORDS
from pledges.campaigns.rules import CampaignKind, CampaignStatus, Cycle
from pledges.commitments import views as commitments
from pledges.commitments.rules import SigningWay
from pledges.core import addresses, clock, compiled_templates, database
from pledges.core.forms.bounded import BoundedRequest
from pledges.core.watching import requests as watching
from pledges.demo import views as demo
from pledges.documents import commands as document_commands
from pledges.documents import views as documents
from pledges.documents.packs import commands as pack_commands
from pledges.followups import views as followups
from pledges.followups.rules import FollowUpEnd, FollowUpSource
from pledges.index import commands as index_commands
from pledges.index import showing, sources
from pledges.overview import views as overview
from pledges.progress import campaign_pages as campaigns
from pledges.progress import views as progress
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.progress.obstacles.rules import Decision
from pledges.reviews import views as reviews
from pledges.search import views as search
from pledges.search.sources import SOURCES
from pledges.site import commands as site_commands
from pledges.site import errors, frame
from pledges.site import views as site
from pledges.tasks import views as tasks
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.rules import Direction, TaskPart, TaskStatus
from pledges.units import views as units
from pledges.units.rules import DocumentStyle, UnitKind
from pledges.upkeep import commands as upkeep_commands
from pledges.upkeep import repair_command
from pledges.upkeep import views as upkeep

BLUEPRINTS: tuple[Blueprint, ...] = (
    site.blueprint,
    accounts.blueprint,
    units.blueprint,
    campaigns.blueprint,
    tasks.blueprint,
    followups.blueprint,
    commitments.blueprint,
    progress.blueprint,
    reviews.blueprint,
    overview.blueprint,
    documents.blueprint,
    search.blueprint,
    audit.blueprint,
    upkeep.blueprint,
    demo.blueprint,
)

ENUMERATIONS = {
    ("appointment", "role"): Role,
    ("unit", "kind"): UnitKind,
    ("unit", "document_style"): DocumentStyle,
    ("campaign", "kind"): CampaignKind,
    ("campaign", "status"): CampaignStatus,
    ("task", "status"): TaskStatus,
    ("task", "direction"): Direction,
    ("task", "part"): TaskPart,
    ("commitment", "way"): SigningWay,
    ("commitment", "capacity"): Capacity,
    ("authorisation", "capacity"): Capacity,
    ("obstacle", "decision"): Decision,
    ("campaign", "cycle"): Cycle,
    ("period", "cycle"): Cycle,
    ("assignment", "duty"): Duty,
    ("period_exception", "kind"): ExceptionKind,
    ("follow_up", "source"): FollowUpSource,
    ("follow_up", "ended_as"): FollowUpEnd,
}
"""Facts in the log that are members of an enumeration, by the kind of record and the fact's name."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
}


ASKED_BY_MACHINES = frozenset({"site.alive", "site.health", "site.metrics"})
"""Endpoints that are asked every few seconds."""

FILES_OF_THE_LOOK = frozenset({"static", "bootstrap.static"})
"""Endpoints whose answers are the same for everybody; whatever else is answered is kept by no browser."""


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application over its settings; raises `SettingError` for one that is unsafe or makes no sense."""
    app = Flask("pledges", template_folder=str(paths.TEMPLATES), static_folder=str(paths.STATIC))
    app.config.from_mapping(settings.load(overrides))
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    _prepare_templates(app)
    if app.config["DEMO_TODAY"] is not None and "CLOCK" not in app.config:
        app.config["CLOCK"] = clock.standing(app.config["DEMO_TODAY"])
    app.request_class = BoundedRequest
    addresses.init(app)
    database.init(app)
    Migrate(app, database.db, directory=str(paths.MIGRATIONS), render_as_batch=True)
    Bootstrap5(app)
    sessions.init(app)
    app.before_request(setting_up.demand_set_up)
    app.before_request(accounts.demand_new_password)
    app.before_request(accounts.demand_second_factor)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    frame.init(app)
    errors.init(app)
    access_commands.init(app)
    audit_commands.init(app)
    account_commands.init(app)
    document_commands.init(app)
    index_commands.init(app)
    pack_commands.init(app)
    site_commands.init(app)
    repair_command.init(app)
    upkeep_commands.init(app)
    sources.init(SOURCES)
    showing.init(app)
    search.init(app)
    upkeep.init(app)
    telling.init(app, ENUMERATIONS)
    app.after_request(_protect)
    watching.init(app, quiet=ASKED_BY_MACHINES)
    if app.config["PROXIES"]:
        trusted = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    return app


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["words_of"] = WORDS.__getitem__
    compiled_templates.init(app)


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in FILES_OF_THE_LOOK:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
