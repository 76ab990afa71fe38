"""Fetch a file from an address that a person typed, without letting them look into our own network. No Odoo.

Only http and https; every connection, also after a redirect, is refused before a byte is sent
when it would reach a private, loopback or link-local address; time and size are limited.
"""

import ipaddress
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

MOST_BYTES = 50_000_000
SILENT_SECONDS, ALL_SECONDS = 20, 120
MOST_REDIRECTS = 5
# Addresses that carry another one inside: 6to4 and NAT64.
_WRAPPED = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("64:ff9b::/96"))


class DownloadError(Exception):
    """It cannot be fetched; the text is for the user."""


@dataclass(frozen=True, slots=True)
class Answer:
    """:ivar content: None when it has not changed since `etag` or `last_modified`"""

    content: bytes | None
    etag: str
    last_modified: str


def fetch(url: str, etag: str = "", last_modified: str = "", allow_private: bool = False) -> Answer:
    """:raise DownloadError: anything that keeps the file from being here whole"""
    check_address(url, allow_private)
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in headers.items() if value}
    try:
        with (
            session(allow_private) as web,
            web.get(url, headers=headers, timeout=SILENT_SECONDS, stream=True) as response,
        ):
            return _answer(response)
    except DownloadError:
        raise
    except (requests.RequestException, OSError, ValueError) as error:
        raise DownloadError(f"{urlsplit(url).hostname} cannot be reached: {_reason(error)}") from None


def check_address(url: str, allow_private: bool = False) -> None:
    """Refuse early, and in words, what `session` would refuse when it connects."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise DownloadError("This is not a web address.") from None
    if parts.scheme not in ("http", "https") or not host:
        raise DownloadError("The address must begin with https:// or http://.")
    if not allow_private:
        for address in _addresses(host, port):
            refuse_private(address)


def _addresses(host: str, port: int | None) -> list[str]:
    try:
        return [found[4][0] for found in socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise DownloadError(f"No computer is called {host}. Look at the address again.") from None


def refuse_private(text: str) -> None:
    address = ipaddress.ip_address(text.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    wrapped = address.version == 6 and any(address in network for network in _WRAPPED)
    if wrapped or not address.is_global or address.is_multicast:
        raise DownloadError("The address leads into a private network. Only public web addresses are fetched.")


def session(allow_private: bool = False) -> requests.Session:
    """A session that takes no proxy and no password from this computer's settings."""
    web = requests.Session()
    web.trust_env = False
    web.max_redirects = MOST_REDIRECTS
    if not allow_private:
        web.mount("https://", _PublicOnly())
        web.mount("http://", _PublicOnly())
    return web


class _PublicOnly(HTTPAdapter):
    """Looks at the address that a connection really has: a name may resolve to another one each time."""

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicTLSPool}


class _PublicConnection(HTTPConnection):
    def _new_conn(self):
        return _checked(super()._new_conn())


class _PublicTLSConnection(HTTPSConnection):
    def _new_conn(self):
        return _checked(super()._new_conn())


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTLSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicTLSConnection


def _checked(connection: socket.socket) -> socket.socket:
    try:
        refuse_private(connection.getpeername()[0])
    except DownloadError:
        connection.close()
        raise
    return connection


def _answer(response: requests.Response) -> Answer:
    etag, last_modified = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
    if response.status_code == requests.codes.not_modified:
        return Answer(None, etag, last_modified)
    if response.status_code != requests.codes.ok:
        raise DownloadError(f"The server answers {response.status_code} {response.reason}.")
    return Answer(_content(response), etag, last_modified)


def _content(response: requests.Response) -> bytes:
    """All of it, unpacked; neither a server that never ends nor a small file that unfolds gets further."""
    content, end = bytearray(), time.monotonic() + ALL_SECONDS
    for chunk in response.iter_content(64 * 1024):
        content += chunk
        if len(content) > MOST_BYTES:
            raise DownloadError(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
        if time.monotonic() > end:
            raise DownloadError(f"The file was not here after {ALL_SECONDS} seconds.")
    return bytes(content)


def _reason(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate cannot be trusted."
    if isinstance(error, requests.exceptions.Timeout):
        return "it does not answer in time."
    if isinstance(error, requests.exceptions.TooManyRedirects):
        return "it sends from one address to the next."
    return "the connection fails."
