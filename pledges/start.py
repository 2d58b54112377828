"""`start`: prepare the instance, say where it is and how to sign in, and serve it with waitress."""

import errno
import gc
import logging
import os
import re
import signal
import socket
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from flask import Flask
from waitress.server import BaseWSGIServer, create_server

from pledges.accounts.setup_code import setup_code
from pledges.core.dates import format_date
from pledges.core.watching.watch import LINE
from pledges.documents.packs.beside import wake_if_needed as go_on_with_packs
from pledges.instance import ACCOUNTS_FILE
from pledges.preparation import inhabited, prepare
from pledges.settings import is_loopback
from pledges.site.postman import begin as begin_sending
from pledges.troubles import Refusal
from pledges.upkeep.nightly import begin as begin_backing_up
from pledges.upkeep.starting import BELIEVE, look

THREADS = 8
# Flask answers a request that is too large with a page of its own; the server cuts off what is far beyond.
SPARE = 4


class Parser(ArgumentParser):
    """A parser whose complaint is a sentence."""

    def error(self, message: str) -> NoReturn:
        """Complain of the arguments, naming what the library's English words name."""
        named = re.search(r"--?\w[\w-]*|(?<=arguments: ).*", message)
        what = f"“{named[0]}”" if named else "tham số đã cho"
        raise Refusal(f"Lệnh {self.prog} không hiểu {what}: lệnh help nói cách dùng.")


def parser(name: str) -> Parser:
    """A parser for a command that may be told which instance it works on."""
    made = Parser(prog=name, add_help=False, allow_abbrev=False)
    made.add_argument("--instance", type=Path)
    return made


def chosen(instance: Path | None) -> dict[str, Any]:
    """What the option says, as a layer of the settings."""
    return {} if instance is None else {"INSTANCE": instance}


def start(arguments: Sequence[str]) -> int:
    """Serve until Ctrl-C or a signal to end; the exit code. Raises SettingError or Refusal."""
    options = parser("start")
    options.add_argument("--port", type=_port, default=8000)
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--empty", action="store_true")
    options.add_argument(BELIEVE, action="store_true")
    given = options.parse_args(arguments)
    with listen(given.host, given.port) as door:
        app = prepare({"HOST": given.host, **chosen(given.instance)}, demo=not given.empty, tell=_say)
        server = open_for(app, door)
        noticed = look(app, clock_is_right=given.clock_is_right)
        say_hello(app, given.host, door.getsockname()[1])
        for sentence in noticed:
            print(f"Lưu ý: {sentence}", flush=True)
        begin_sending(app)
        begin_backing_up(app)
        go_on_with_packs(app)
        settle_memory()
        server.run()
    return 0


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def settle_memory() -> None:
    """Leave what the program itself consists of out of every later collection.

    Some 175,000 objects live as long as the process: walking through them held up a page for 80 ms now and then.
    """
    gc.collect()
    gc.freeze()


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 2**16):
        raise Refusal(f"Cổng phải là số từ 0 đến 65535, không phải “{text}”.")
    return int(text)


def listen(host: str, port: int) -> socket.socket:
    """A socket at the address, taken now: nobody can take it between the question and the use."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise Refusal(f"Không có địa chỉ nào tên là “{host}” để lắng nghe.") from error
    door = socket.socket(family, kind)
    try:
        if os.name != "nt":  # there it would let two programs share the port
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
    except OSError as error:
        door.close()
        raise Refusal(_why_not(error, host, port)) from error
    return door


def _why_not(error: OSError, host: str, port: int) -> str:
    taken = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", 10048), getattr(errno, "WSAEACCES", 10013)}
    if error.errno in taken:
        return f"Cổng {port} đang có chương trình khác dùng: hãy tắt nó, hoặc chọn cổng khác bằng --port."
    if error.errno == errno.EACCES:
        return f"Không có quyền mở cổng {port}: hãy chọn một cổng từ 1024 trở lên bằng --port."
    return f"Máy này không có địa chỉ {host} để lắng nghe."


def say_hello(app: Flask, host: str, port: int) -> None:
    """Say where the program is and how to sign in."""
    names = app.config["TRUSTED_HOSTS"]
    if app.config["HTTPS"]:
        address = f"https://{names[0].lstrip('.')}"
    else:
        seen = host if is_loopback(host) else socket.gethostname()
        address = f"http://[{seen}]:{port}" if ":" in seen else f"http://{seen}:{port}"
    print(f"Chương trình đang chạy ở {address} (Ctrl+C để dừng).")
    print(how_to_sign_in(app, address), flush=True)


def how_to_sign_in(app: Flask, address: str) -> str:
    """The sentence that says how the first person gets in."""
    if app.config["ONE_CLICK"]:
        return (
            f"Đây là dữ liệu minh họa, đồng hồ đứng ở ngày {format_date(app.config['DEMO_TODAY'])}. "
            "Ở trang đăng nhập, bấm một nút để vào thử với vai cán bộ Khu phố 1, lãnh đạo phường, văn thư "
            "hoặc quản trị."
        )
    if app.config["DEMO"]:
        file = app.config["INSTANCE"] / ACCOUNTS_FILE
        return f"Đây là dữ liệu minh họa; tên và mật khẩu đăng nhập ở tệp {file}."
    if not inhabited(app):
        code = setup_code(str(app.secret_key))
        return f"Kho chưa có ai: mở {address}/thiet-lap để lập tài khoản quản trị đầu tiên, với mã thiết lập {code}."
    return "Đăng nhập bằng tài khoản mà quản trị đã cấp."


def open_for(app: Flask, door: socket.socket) -> BaseWSGIServer:
    """The server, already listening; it runs until Ctrl-C or a signal to end, and finishes what was begun."""
    signal.signal(signal.SIGTERM, _end)
    logging.basicConfig(level=logging.WARNING, format=LINE)
    return create_server(
        app,
        sockets=[door],
        threads=THREADS,
        ident=None,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"] * SPARE,
        # What a proxy says of the client must reach the application, which knows how many of them to believe, and
        # that who comes through one is not a program of this machine.
        clear_untrusted_proxy_headers=False,
    )


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
