from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

from odoo.tests import BaseCase, tagged

from .. import download


class Handler(BaseHTTPRequestHandler):
    """Says what `server.answers` holds for a path: a status, headers, a body, or what a function of the query gives.

    304 to whoever knows the ETag.
    """

    def do_GET(self):
        self.server.asked.append(self.path)
        path, _mark, query = self.path.partition("?")
        status, headers, body = self.server.answers[path]
        body = body(parse_qs(query)) if callable(body) else body
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Not into the test's output."""


@contextmanager
def web_server(answers):
    """A web server of our own on this computer; `.url` is its address, `.asked` what was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answers, server.asked = answers, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@tagged("post_install", "-at_install")
class TestDownload(BaseCase):
    def assert_refused(self, words, url, **options):
        with self.assertRaises(download.DownloadError) as caught:
            download.fetch(url, **options)
        self.assertIn(words, str(caught.exception))

    def test_a_file_comes_whole_and_only_when_it_is_new(self):
        with web_server({"/x": (200, {"ETag": '"1"'}, b"abc")}) as server:
            answer = download.fetch(f"{server.url}/x", allow_private=True)
            self.assertEqual((answer.content, answer.etag), (b"abc", '"1"'))
            self.assertIsNone(download.fetch(f"{server.url}/x", etag='"1"', allow_private=True).content)

    def test_our_own_network_is_not_looked_into(self):
        for host in (
            "127.0.0.1",
            "localhost",
            "10.1.2.3",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "[::1]",
            "[fe80::1]",
            "[fd00::1]",
            "[::ffff:127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "2130706433",
        ):
            with self.subTest(host=host):
                self.assert_refused("private network", f"http://{host}/x")

    def test_a_connection_is_refused_whatever_its_name_said_before(self):
        with web_server({"/x": (200, {}, b"secret")}) as server, self.assertRaises(download.DownloadError):
            download.session().get(f"{server.url}/x", timeout=10)
        self.assertFalse(server.asked, "refused before a byte is sent")

    def test_only_web_addresses_are_fetched(self):
        for url in ("file:///etc/passwd", "ftp://example.org/x", "example.org", "http://", "http://[", "https://x:y/"):
            with self.subTest(url=url), self.assertRaises(download.DownloadError):
                download.fetch(url)

    def test_what_is_too_large_is_not_kept(self):
        with web_server({"/x": (200, {}, b"0" * (download.MOST_BYTES + 1))}) as server:
            self.assert_refused("larger than 50 MB", f"{server.url}/x", allow_private=True)

    def test_a_server_that_refuses_is_quoted(self):
        with web_server({"/x": (403, {}, b""), "/y": (302, {"Location": "/y"}, b"")}) as server:
            self.assert_refused("403", f"{server.url}/x", allow_private=True)
            self.assert_refused("next", f"{server.url}/y", allow_private=True)
        self.assert_refused("cannot be reached", f"{server.url}/x", allow_private=True)
