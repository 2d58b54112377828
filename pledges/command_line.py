"""The commands: `start`, `prepare`, `help`, and the commands of the features."""

import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from click import ClickException, UsageError
from click.exceptions import Abort, Exit
from flask import Flask
from flask.cli import ScriptInfo

from pledges.core.dates import format_instant
from pledges.core.numbers import format_number
from pledges.factory import create_app
from pledges.preparation import existing, prepare, restored
from pledges.settings import SettingError
from pledges.start import chosen, parser, start
from pledges.troubles import Refusal
from pledges.upkeep.starting import BELIEVE, look

INTERRUPTED = 130
# These may be the first thing that is done to an instance.
PREPARING = frozenset({"create-admin"})
HELP = "--help"
# Those that no feature brings.
OWN = frozenset({"start", "prepare", "restore", "help", "-h", HELP})
# The tool of those who write migrations; it speaks English.
UNLISTED = frozenset({"db"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command; the exit code. What people must know of a failure is one sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if os.name == "nt" else None, errors="replace")
    try:
        return carry_out(sys.argv[1:] if arguments is None else arguments)
    except (Refusal, SettingError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def carry_out(arguments: Sequence[str]) -> int:
    """Carry out a command; the exit code. Raises Refusal or SettingError."""
    os.umask(0o077)  # what the instance keeps is for its owner alone
    name, *rest = arguments or ["help"]
    if HELP in rest:
        return explain(name, rest)
    if name == "start":
        return start(rest)
    if name == "restore":
        return put_back(rest)
    given, rest = parser(name).parse_known_args(rest)
    overrides = chosen(given.instance)
    if name in OWN - {"start", "prepare", "restore"}:
        return tell(overrides)
    if name == "prepare":
        app = prepare(overrides, demo=False, tell=print)
        for sentence in look(app, clock_is_right=BELIEVE in rest):
            print(f"Lưu ý: {sentence}")
        print(f"Kho {app.config['INSTANCE']} đã sẵn sàng.")
        return 0
    return run(prepare(overrides, demo=False) if name in PREPARING else existing(overrides), name, rest)


def put_back(arguments: Sequence[str]) -> int:
    """Put a backup back, and say where everything lies now; the exit code."""
    options = parser("restore")
    options.add_argument("file", type=Path)
    options.add_argument("--into", type=Path)
    options.add_argument("--replace", action="store_true")
    options.add_argument("--key-file", type=Path)
    given = options.parse_args(arguments)
    overrides = chosen(given.into or given.instance)
    done = restored(overrides, given.file, replace=given.replace, key_file=given.key_file)
    if done.aside:
        print(f"Dữ liệu có trước đó được cất ở {done.aside}.")
    for note in done.notes:
        print(note)
    rows, files = format_number(done.manifest.rows), format_number(done.manifest.files)
    print(f"Đã khôi phục bản sao lưu lúc {format_instant(done.manifest.made_at)}: {rows} dòng, {files} tệp.")
    return 0


def tell(overrides: Mapping[str, Any]) -> int:
    """List the commands."""
    listed = {
        "start": "Chạy chương trình [--port SỐ] [--host ĐỊA_CHỈ] [--empty] [--clock-is-right].",
        "prepare": "Lập kho hoặc nâng cấp cơ sở dữ liệu, không nạp dữ liệu minh họa.",
        "restore": "Khôi phục từ TỆP sao lưu [--into THƯ_MỤC] [--replace] [--key-file TỆP_KHÓA].",
        "help": "Liệt kê các lệnh.",
    }
    commands = unprepared(overrides).cli.commands
    listed |= {
        name: each.get_short_help_str(limit=100) for name, each in commands.items() if name not in UNLISTED
    }
    width = max(map(len, listed))
    for name, sentence in sorted(listed.items()):
        print(f"{name:<{width}}  {sentence}")
    print("Mọi lệnh nhận --instance THƯ_MỤC.")
    return 0


def explain(name: str, arguments: Sequence[str]) -> int:
    """Say how a command is used; needs no instance, and does nothing else."""
    given, rest = parser(name).parse_known_args(arguments)
    overrides = chosen(given.instance)
    return tell(overrides) if name in OWN else run(unprepared(overrides), name, rest)


def unprepared(overrides: Mapping[str, Any]) -> Flask:
    """The application that knows its commands and serves nothing: the key given here is nobody's."""
    return create_app({"SECRET_KEY": secrets.token_hex(), **overrides})


def run(app: Flask, name: str, arguments: Sequence[str]) -> int:
    """Carry out a feature's command; the exit code."""
    if name not in app.cli.commands:
        raise Refusal(f"Không có lệnh {name}: lệnh help liệt kê các lệnh.")
    try:
        ended = app.cli.main(
            [name, *arguments],
            prog_name="pledges",
            standalone_mode=False,
            obj=ScriptInfo(create_app=lambda: app),
        )
    except Exit as exit_:
        return exit_.exit_code
    except Abort:
        return INTERRUPTED
    except UsageError as error:
        raise Refusal(f"Lệnh {name} không hiểu tham số đã cho: {error.format_message()}") from error
    except ClickException as error:  # the command understood, and says why it does not do it
        said = error.format_message()
        raise Refusal(said[:1].upper() + said[1:]) from error
    return ended if isinstance(ended, int) else 0
