"""A real browser shows the report on the example case without an error and without asking the network for anything."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tracker.exchange.case import load_seeds
from tracker.exchange.report import report, write
from tracker.model.kinds import INCIDENT
from tracker.store.database import Database, Reader
from tracker.store.query import parse

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium here: apt-get install chromium to run this test")


class Served:
    """A page on a local server that keeps every path it is asked for."""

    def __init__(self, page: bytes) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200 if self.path == "/report.html" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page if self.path == "/report.html" else b"")

            def log_message(self, format: str, *args: object) -> None:
                """Keep quiet."""

        self.asked = asked
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = Thread(target=self.server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server.server_address[1]}/report.html"

    def __enter__(self) -> Served:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def browse(address: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Open an address, and give back the page as the browser understood it, with its log on stderr."""
    assert BROWSER is not None
    # Names are not resolved, so that nothing but the local server can be reached, the browser's own services included.
    fixed = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    )
    shared = (*fixed, f"--user-data-dir={folder}", "--enable-logging=stderr", "--v=0", *options)
    return subprocess.run([BROWSER, *shared, address], capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def page(sqlite_database: Database, tmp_path: Path) -> bytes:
    """The report on the example case, as the bytes of its file."""
    load_seeds(sqlite_database, "ann")
    out = tmp_path / "report.html"
    with Reader(sqlite_database) as reader, out.open("wb") as file:
        write(file, report(reader, parse(INCIDENT, ""), title="The <case> & its report"), "html")
    return out.read_bytes()


def test_a_browser_shows_it_and_asks_for_nothing_else(page: bytes, tmp_path: Path) -> None:
    with Served(page) as served:
        ran = browse(served.address, tmp_path / "profile", "--dump-dom")
    assert ran.returncode == 0, ran.stderr
    title = re.search("<title>(.*?)</title>", ran.stdout)
    assert title is not None
    assert unescape(title[1]) == "The <case> & its report"
    assert ran.stdout.count("<article") == 6 + 17
    assert "CONSOLE" not in ran.stderr
    # A browser asks every server for its icon by itself; the page names none.
    assert set(served.asked) <= {"/report.html", "/favicon.ico"}


def test_what_the_policy_forbids_would_be_noticed(page: bytes, tmp_path: Path) -> None:
    spoiled = page.replace(b"<main>", b'<main><img src="/picture.png"><script>console.log("ran")</script>')
    with Served(spoiled) as served:
        ran = browse(served.address, tmp_path / "profile", "--dump-dom")
    assert "CONSOLE" in ran.stderr
    assert "Content Security Policy" in ran.stderr
    assert "/picture.png" not in served.asked


def test_it_can_be_printed(page: bytes, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    with Served(page) as served:
        ran = browse(served.address, tmp_path / "profile", f"--print-to-pdf={out}")
    assert ran.returncode == 0, ran.stderr
    assert out.read_bytes().startswith(b"%PDF-")
