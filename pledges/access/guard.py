"""The guard that every view wears, and the question that every record is asked before it is shown.

Who may not know of a record gets 404; who may know of it but not do this gets 403.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar, cast

from flask import abort, g, request
from werkzeug.exceptions import Forbidden

from pledges.access.permissions import (
    Permission,
    Subject,
    may,
    may_be_named,
    may_somewhere,
    not_by_the_same_person,
)
from pledges.access.roles import Actor

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Guard:
    """What a view demands: a permission, only a signed-in person, or nothing (with the reason)."""

    permission: Permission | None = None
    open_because: str | None = None


class Unguarded(AssertionError):
    """A view answered for a record without asking who may see it."""


class SignInNeeded(Exception):
    """Nobody is signed in, and the page is not open."""


def current_actor() -> Actor:
    """The person who acts in this request; raises `SignInNeeded` when nobody is signed in."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        raise SignInNeeded
    return actor


def current_actor_or_none() -> Actor | None:
    """The person who acts in this request, if somebody is signed in."""
    return cast("Actor | None", g.get("actor"))


def guard(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A view for holders of the permission; a view of one record must also `authorise` it."""

    def wear(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            of_one_record = bool(request.view_args) and may_be_named(permission)
            if not may_somewhere(current_actor(), permission) and not of_one_record:
                refuse(permission)
            answer = view(*args, **kwargs)
            if request.view_args and not g.get("authorised"):
                message = f"{request.endpoint} answered for {request.view_args} and never called authorise()"
                raise Unguarded(message)
            return answer

        return _mark(guarded, Guard(permission))

    return wear


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """A view for everybody who is signed in: it shows only what is theirs."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        current_actor()
        return view(*args, **kwargs)

    return _mark(guarded, Guard())


def open_to_all(because: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A view that needs no sign-in, with the reason."""

    def wear(view: Callable[P, R]) -> Callable[P, R]:
        return _mark(view, Guard(open_because=because))

    return wear


def authorise(permission: Permission, subject: Subject, *, see: Permission | None = None) -> Actor:
    """The actor, when the permission reaches the subject.

    Raises 404 when the actor may not know of the subject (`see`, by default the permission itself), 403 when the
    actor may know of it but not do this. Who may do it may know of it: a person named in a record of another unit.
    """
    actor = current_actor()
    g.authorised = True
    if not may(actor, permission, subject):
        if not may(actor, see or permission, subject):
            abort(404)
        refuse(permission, own_entry=not not_by_the_same_person(actor, permission, subject))
    return actor


def allowed(permission: Permission, subject: Subject) -> bool:
    """Whether the present actor may do this: what a page asks before it offers a button."""
    actor = current_actor_or_none()
    return actor is not None and may(actor, permission, subject)


def refuse(permission: Permission, *, own_entry: bool = False) -> NoReturn:
    """403, with the reason in words."""
    if own_entry:
        raise Forbidden(f"Đồng chí không tự duyệt nội dung do chính mình lập: {permission.label.lower()}.")
    raise Forbidden(f"Chức vụ hiện nay của đồng chí chưa có quyền: {permission.label.lower()}.")


def _mark(view: Callable[P, R], worn: Guard) -> Callable[P, R]:
    view.guard = worn  # type: ignore[attr-defined]
    return view
