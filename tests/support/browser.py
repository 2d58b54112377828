"""A person at a real browser, whose every page is asked for faults: axe, the console, the policy, failed requests."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Request,
    Response,
    expect,
)

from tests.command import chromium
from tests.support.barriers import BARRIERS

UNWANTED = (
    # Each window would get two pages of its own for what stands under an address bar that nobody sees, and a process
    # in store for a page that may come: a fifth of the browser's work.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"),
    # Playwright's own, which the last of these options would else undo.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "AimEnabled"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
)
"""Features of the browser that are left out."""
FLAGS = [
    f"--disable-features={','.join(UNWANTED)}",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ROLES = {"officer": "can-bo", "leader": "lanh-dao", "clerk": "van-thu", "administrator": "quan-tri"}
PATIENCE = 15_000
"""Milliseconds that a page may take on a machine that does much else."""
OVERFLOW = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(element => {
  for (let outer = element.parentElement; outer; outer = outer.parentElement) {
    if (getComputedStyle(outer).overflowX !== 'visible') return false;
  }
  const box = element.getBoundingClientRect();
  return box.width && box.right > document.documentElement.clientWidth + 1;
}).slice(-3).map(element => element.outerHTML.slice(0, 160))"""
SIGN_IN = "/dang-nhap"
LEFT: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
"""By address and role, sessions of windows that were closed: beginning one takes as long as two pages."""
SCROLLS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
EXPECTED = re.compile(r"status of (4\d\d)")
"""The browser notes in its console that a page was an error page; the answer's status is judged by itself."""


@cache
def program() -> str:
    """The browser's program: the one that the test command found, else looked for as it does."""
    return chromium()


class Person:
    """Somebody at a browser window.

    Every page that is gone to, pressed to or sent to is judged before the test goes on.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.context = context
        self.faults: list[str] = []
        self.axe = True
        self.role = ""
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not EXPECTED.search(message.text):
            self.faults.append(f"{message.type} in the console of {self.page.url}: {message.text}")

    def _failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # a download, or a page that was left
            self.faults.append(f"{request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        asset = urlsplit(response.url).path.startswith(("/static/", "/bootstrap/"))
        if response.status >= 500 or (asset and response.status >= 400):
            self.faults.append(f"{response.request.method} {response.url}: {response.status}")
        if not response.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asked elsewhere: {response.url}")

    def sign_in(self, role: str) -> None:
        """Sign in by the demo's button of a role, or go on with a session of the role whose window was closed."""
        self.role = role
        if left := LEFT[self.address, role]:
            self.enter(left.pop())
            self.go("/")
        else:
            self.go(SIGN_IN)
        if self.path == SIGN_IN:
            self.press_in(self.page.locator(f"form[action='/dung-thu/{ROLES[role]}']").get_by_role("button"))

    def enter(self, cookie: str) -> None:
        """Be signed in by a session that began elsewhere: `session=…`, as a browser sends it."""
        name, _, value = cookie.partition("=")
        self.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def leave(self) -> None:
        """Let another window go on with the session; where it has ended by then, that one signs in anew."""
        for cookie in self.context.cookies(self.address):
            if self.role and cookie["name"] == "session":
                LEFT[self.address, self.role].append(f"session={cookie['value']}")

    def go(self, path: str) -> Response | None:
        """Open an address of the site; gives what was sent."""
        answer = self.page.goto(self.address + path)
        self.judge()
        return answer

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What is done within leads to another page; an address that a script puts in its place is none."""
        with self.page.expect_event("load"):
            yield
        self.judge()

    def press_in(self, place: Locator) -> None:
        """Press a button or link that leads to another page."""
        with self.leaving():
            place.click()

    def press(self, words: str, *, exact: bool = False) -> None:
        """Press the button of these words."""
        self.press_in(self.page.get_by_role("main").get_by_role("button", name=words, exact=exact).first)

    def follow(self, words: str, *, exact: bool = False) -> None:
        """Follow the first link of these words."""
        self.press_in(self.page.get_by_role("main").get_by_role("link", name=words, exact=exact).first)

    def place(self, words: str) -> None:
        """Go to a place of the navigation."""
        self.press_in(
            self.page.get_by_role("navigation", name="Các mục chính").get_by_role("link", name=words)
        )

    def fill(self, label: str, text: str) -> None:
        """Fill in the field of a label."""
        self.page.get_by_role("main").get_by_label(label, exact=True).first.fill(text)

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Demand that the page says it."""
        expect(self.page.get_by_role("main")).to_contain_text(words)

    @property
    def h1(self) -> str:
        """The heading."""
        return self.page.locator("h1").inner_text().strip()

    @property
    def path(self) -> str:
        """Where the page is."""
        return urlsplit(self.page.url).path

    def judge(self) -> None:
        """Ask the page for faults; raises AssertionError that names them."""
        self.page.wait_for_load_state()
        found = [*self.faults]
        if self.axe:
            found += BARRIERS.of(self.page)
        if beyond := self.page.evaluate(SCROLLS):
            wide = self.page.evaluate(OVERFLOW)
            found.append(f"the page is {beyond} px wider than its window: {wide}")
        assert not found, f"{self.page.url}:\n- " + "\n- ".join(found)


@contextmanager
def at_window(
    browser: Browser, address: str, *, size: dict[str, int] | None = None, scripts: bool = True
) -> Iterator[Person]:
    """A fresh browser window; at its end nothing may be left in the console."""
    context = browser.new_context(
        viewport=size or DESK,  # type: ignore[arg-type]
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        java_script_enabled=scripts,
        accept_downloads=True,
    )
    person = Person(context, address)
    person.axe = scripts
    try:
        yield person
        assert not person.faults, person.faults
        person.leave()
    finally:
        context.close()
