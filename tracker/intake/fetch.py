"""A document from the web: http and https only, within limits of time and size, never from a private address unless asked for."""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from tracker import __version__
from tracker.domain.when import utc_now
from tracker.errors import FetchError, TooLarge
from tracker.intake.options import ReadOptions

MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL gave: its bytes, its media type, its last address, and when it was read (UTC)."""

    data: bytes
    media_type: str
    url: str
    encoding: str | None
    retrieved_at: datetime


def fetch(url: str, options: ReadOptions) -> Fetched:
    """Read a URL. Raises FetchError for a refused scheme or address, a failure or a time-out, TooLarge over the size limit."""
    deadline = time.monotonic() + options.timeout_s
    for _ in range(MAX_REDIRECTS + 1):
        found = _one(url, options, deadline)
        if isinstance(found, Fetched):
            return found
        url = urljoin(url, found)
    raise FetchError(f"{url}: more than {MAX_REDIRECTS} redirects")


def checked_address(url: str, *, allow_private: bool) -> tuple[str, str, int]:
    """The host, the address to connect to, and the port of a URL. Raises FetchError where policy refuses it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"{url}: {parts.scheme or 'no'} scheme; only http and https are read")
    try:
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise FetchError(f"{url}: the port is no number") from None
    if not host:
        raise FetchError(f"{url}: no host")
    try:
        addresses = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise FetchError(f"{url}: no such host") from None
    for address in addresses:
        if not allow_private and not _is_public(address):
            raise FetchError(f"{url}: {address} is a private or local address; --allow-private reads it all the same")
    return host, addresses[0], port


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_global and not (mapped or ip).is_multicast


def _one(url: str, options: ReadOptions, deadline: float) -> Fetched | str:
    """One request, to the very address that was checked; the answer, or where it redirects to."""
    import httpx  # only a URL needs it

    host, address, port = checked_address(url, allow_private=options.allow_private)
    parts = urlsplit(url)
    netloc = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    target = parts._replace(netloc=netloc, fragment="").geturl()
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"{url}: it took longer than {options.timeout_s:g} s")
    headers = {
        "Host": parts.netloc.rpartition("@")[2],
        "User-Agent": f"tracker/{__version__}",
        "Accept": "text/html,text/plain,application/pdf;q=0.9,*/*;q=0.1",
    }
    try:
        with (
            httpx.Client(timeout=min(left, options.timeout_s), trust_env=False) as client,
            client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as answer,
        ):
            if answer.is_redirect:
                return str(answer.headers.get("location", ""))
            if answer.status_code != 200:
                raise FetchError(f"{url}: the server answered {answer.status_code}")
            data = _body(answer, url, options, deadline)
            media_type = str(answer.headers.get("content-type", "")).split(";")[0].strip().lower()
            return Fetched(data, media_type, url, answer.charset_encoding, utc_now())
    except httpx.TimeoutException:
        raise FetchError(f"{url}: it took longer than {options.timeout_s:g} s") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(f"{url}: {str(error) or type(error).__name__}") from None


def _body(answer: object, url: str, options: ReadOptions, deadline: float) -> bytes:
    chunks, size = [], 0
    for chunk in answer.iter_bytes(65536):  # type: ignore[attr-defined]  # an httpx.Response; httpx is not imported at the top
        size += len(chunk)
        if size > options.max_bytes:
            raise TooLarge(f"{url}: over {options.max_bytes / 1048576:g} MB; --max-size raises the limit")
        if time.monotonic() > deadline:
            raise FetchError(f"{url}: it took longer than {options.timeout_s:g} s")
        chunks.append(chunk)
    return b"".join(chunks)
