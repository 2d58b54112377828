"""`verify`: the log, frozen commitments, signatures, issued documents and filed copies, held against each other."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from pledges.audit.chain import NoHash, Outcome, as_hash, printed, walked
from pledges.commitments.queries import sealed_as
from pledges.commitments.verification import verify
from pledges.core.database import READS, db
from pledges.documents.issuing.queries import frozen_as
from pledges.documents.issuing.rules import name_of
from pledges.documents.issuing.verification import verify as verify_issued


@click.command("verify")
@click.option(
    "--printed",
    "papers",
    multiple=True,
    metavar="MÃ",
    help="Mã niêm phong nhật ký in ở chân một bản giấy, hoặc ít nhất 16 ký tự đầu; dùng được nhiều lần.",
)
@with_appcontext
def verify_everything(papers: tuple[str, ...]) -> None:
    """Đối chiếu nhật ký, bản cam kết, chữ ký, văn bản phát hành và tệp đã lưu; nêu từng chỗ không khớp."""
    session, folder = db.session(), Path(current_app.config["INSTANCE"]) / "files"
    session.connection(execution_options={READS: True})  # it may take minutes, and people go on working
    try:
        witnesses = [_witness(session, typed) for typed in papers]
    except NoHash as wrong:
        raise click.ClickException(str(wrong)) from None
    found, issued = verify(session, folder), verify_issued(session, folder)
    faults = (*found.faults, *issued.faults)
    number = len(faults)
    counted = (
        f"{found.commitments} bản cam kết đã chốt, {found.signatures} chữ ký, {found.files} tệp bản đã ký"
    ) + f", {issued.documents} văn bản phát hành" * bool(issued.documents)
    agree = f"Đối chiếu {counted}: " + (f"{number} chỗ không khớp." if number else "đều khớp.")
    outcomes = [
        walked(session),
        *(Outcome(whole=False, words=words) for words in faults),
        Outcome(whole=not number, words=agree),
        *witnesses,
    ]
    for outcome in outcomes:
        click.echo(outcome.words, err=not outcome.whole)
    if not all(outcome.whole for outcome in outcomes):
        raise SystemExit(1)


def _witness(session: Session, typed: str) -> Outcome:
    """What the log says of a hash on a paper; raises `NoHash` for that of a text, which stands beside it there."""
    found = printed(session, typed)
    if found.whole:
        return found
    whose = _text_of(session, as_hash(typed))
    if not whose:
        return found
    raise NoHash(
        f"“{typed}” là mã SHA-256 nội dung {whose}; cần mã đứng sau chữ "
        "“Nhật ký niêm phong đến mục …” ở chân trang."
    )


def _text_of(session: Session, digest: str) -> str:
    """What text has the digest, in words; empty for none."""
    text = session.scalars(sealed_as(digest)).first()
    if text is not None:
        return f"bản cam kết của {text.unit.name}"
    document = session.scalars(frozen_as(digest)).first()
    return name_of(document.kind, document.number, document.symbol) if document is not None else ""


def init(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(verify_everything)
