"""A real server on the demo nation, and a real browser to drive it with."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as BrowserTimeout

from tests.journeys.nations import Nations, Site, nations_of

ROOT = Path(__file__).resolve().parents[2]
PRACTICES = 400
WIDTHS = (1280, 320)
SETTLES = 3000
"""Milliseconds in which the header's menu follows a change of the window's width, on a busy machine."""
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"
STICKS_OUT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
  .map((one) => `${one.tagName}.${one.className}`).slice(0, 5).join(", ")"""
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LATER_ROWS = "tbody tr:nth-child(n+13)"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
DEMO_PASSWORD = "remit-demo-2015"


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def nations(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Nations:
    """The nations that stories begin with."""
    return nations_of(tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def site(nations: Nations) -> Iterator[Site]:
    """`remit demo`, then `remit serve`, as a user would run them, on a smaller invented nation."""
    here = nations.copied("today", "today", lambda site: site.remit("demo", "--practices", str(PRACTICES)))
    port = free_port()
    here.url = f"http://127.0.0.1:{port}"
    with (here.home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "remit.cli", "serve", "--port", str(port)],
            env=here.environment,
            stdout=log,
            stderr=log,
        )
        with while_it_serves(server, here):
            yield here


@contextmanager
def while_it_serves(server: subprocess.Popen[Any], site: Site) -> Iterator[None]:
    """Wait until a server answers; end it afterwards."""
    log = site.home / "server.log"
    try:
        for _ in range(900):
            if server.poll() is not None:
                pytest.fail(log.read_text()[-3000:])
            try:
                urllib.request.urlopen(f"{site.url}/healthz", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail(f"the server did not answer:\n{log.read_text()[-3000:]}")
        yield
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="module")
def browser_here() -> Iterator[Browser]:
    """Debian's Chromium. One a file: while Playwright runs, its event loop keeps Django from any database."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody with a browser. Collects what goes wrong: console errors, CSP reports, requests to other hosts."""

    site: Site
    context: BrowserContext
    page: Page
    width: int
    wrong: list[str] = field(default_factory=list)

    def goes_to(self, path: str, expect: int = 200) -> None:
        """Open a page and expect a status."""
        response = self.page.goto(f"{self.site.url}{path}", wait_until="load")
        assert response is not None
        assert response.status == expect, f"{path}: {response.status}"

    def signs_in(self, email: str, password: str = DEMO_PASSWORD) -> None:
        """Sign in as a demo person, through the form."""
        self.goes_to("/accounts/login/")
        self.page.get_by_label("Email", exact=False).first.fill(email)
        self.page.get_by_label("Password", exact=False).first.fill(password)
        self.follows(self.page.get_by_role("button", name="Sign in", exact=True))

    def follows(self, thing: Locator) -> None:
        """Click a link or a button and wait for the page it leads to."""
        with self.page.expect_navigation(wait_until="load"):
            thing.click()

    def sees(self, text: str) -> None:
        """The page shows a text."""
        assert text in self.page.inner_text("body"), f"“{text}” is not on {self.page.url}"

    def reads(self, key: str) -> str:
        """What stands beside a key in a list of facts."""
        value = self.page.locator("main dt", has_text=key).first.locator("xpath=following-sibling::dd[1]")
        return value.inner_text().strip()

    def finds_the_page_sound(self, *, sampled: bool = False) -> None:
        """No console error or CSP report, no request to another host, no sideways scroll, no axe violation.

        `sampled`: axe reads only the first rows of long tables, which are made by the same lines as the rest.
        """
        assert self.wrong == []
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, (
            f"{self.page.url} is {wide} px wide at {self.width} px: {self.page.evaluate(STICKS_OUT)}"
        )
        where = {"exclude": [[LATER_ROWS]]} if sampled else None
        found = Axe().run(self.page, context=where, options=AXE_OPTIONS)
        assert found.response["violations"] == [], found.generate_report()

    def finds_the_page_sound_at_every_width(self, *, sampled: bool = False) -> None:
        """The same at each width, for a story that can be told only once. Long tables are read whole once."""
        own = self.width
        for width in (*(each for each in WIDTHS if each != own), own):
            self.page.bring_to_front()
            self.page.set_viewport_size({"width": width, "height": 900})
            with suppress(
                BrowserTimeout
            ):  # the header's menu follows a moment later; if it does not, that is found
                self.page.wait_for_function(FITS, timeout=SETTLES, polling=50)
            self.width = width
            self.finds_the_page_sound(sampled=sampled or width != own)

    def is_refused(self, status: int) -> None:
        """The browser itself reports a refusal as an error of the console; nothing else may be there."""
        assert self.wrong
        assert all(f"status of {status}" in one for one in self.wrong), self.wrong
        self.wrong.clear()


@pytest.fixture(params=WIDTHS, ids=[f"{width}px" for width in WIDTHS])
def visitor(request: pytest.FixtureRequest, site: Site, browser_here: Browser) -> Iterator[Visitor]:
    """A visitor at each width, with JavaScript."""
    yield from _visitor(site, browser_here, request.param)


@pytest.fixture
def visitor_without_javascript(site: Site, browser_here: Browser) -> Iterator[Visitor]:
    """A visitor whose browser runs no JavaScript."""
    yield from _visitor(site, browser_here, 1280, javascript=False)


@pytest.fixture
def another_visitor(site: Site, browser_here: Browser) -> Iterator[Callable[..., Visitor]]:
    """More visitors in the same story, at a width of one's choice and without JavaScript if so wished."""
    made: list[Iterator[Visitor]] = []

    def more(width: int = 1280, *, javascript: bool = True) -> Visitor:
        visitors = _visitor(site, browser_here, width, javascript=javascript)
        made.append(visitors)
        return next(visitors)

    yield more
    for visitors in made:
        next(visitors, None)


def _visitor(site: Site, browser: Browser, width: int, *, javascript: bool = True) -> Iterator[Visitor]:
    # bypass_csp lets axe in; reports of our own pages' violations still reach the console
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=javascript, bypass_csp=javascript
    )
    page = context.new_page()
    here = Visitor(site, context, page, width)
    page.on("console", lambda message: here.wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: here.wrong.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((site.url, "data:", "blob:"))
            else here.wrong.append(f"request to {asked.url}")
        ),
    )
    yield here
    context.close()
