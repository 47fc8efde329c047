"""What does the page at an address say? The one place that goes out to the network, once and carefully.

A person's paste decides where this goes, so it may only reach public web servers. An address must be http or https, have a
name, and no other port than the usual one. Its name is looked up once, every answer must be a public address, and
the connection goes to that answer, so that a name cannot change its mind in between. A redirect goes through all of it
again. requests-hardened keeps the certificate's name right and judges the address a second time.

Nothing here writes an address to a log.
"""

import ipaddress
import logging
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
import urllib3
from requests_hardened.ip_filter_adapter import IPFilterAdapter

from recipes.draft import NoRecipe

USER_AGENT = "PipingHot/0.1 (reads one recipe because a person asked for it)"
PASTE = "Copy its ingredients and method, and paste them in the box."


# These write the address of a page that a person reads to the log, as a warning.
for _library in ("urllib3", "requests_hardened"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)


class NotFetched(NoRecipe):
    """The page did not come; `str()` of it is a sentence that tells a person what to do."""

    sentence = f"We could not read this page. {PASTE}"

    def __str__(self) -> str:
        return self.sentence


class NotAnAddress(NotFetched):
    """What was given is not the address of a page on the public web."""

    sentence = "This is not the address of a web page. Copy it from the top of your browser: it begins with https://"


class NotPublic(NotFetched):
    """The address, or one that it leads to, is not on the public web."""

    sentence = f"We only read pages that are open to everyone on the web. {PASTE}"


class Unreachable(NotFetched):
    """No server of that name answers."""

    sentence = f"We could not reach this site. Check the address. Or open the page yourself. {PASTE}"


class NotThere(NotFetched):
    """The server knows no such page."""

    sentence = f"There is no page at this address. Check it. Or find the recipe another way. {PASTE}"


class Refused(NotFetched):
    """The server has the page, or fails, and will not hand it out."""

    sentence = f"This site does not let us read its page. Open it yourself. {PASTE}"


class TooSlow(NotFetched):
    """The page had not come in full when the time was up."""

    sentence = f"This page took too long to come. Open it yourself. {PASTE}"


class TooLarge(NotFetched):
    """The page is larger than any recipe page."""

    sentence = f"This page is too large for us to read. Open it yourself. {PASTE}"


class TooManyRedirects(NotFetched):
    """The address leads from page to page and never arrives."""

    sentence = f"This address leads from page to page. Open it yourself. {PASTE}"


class NotText(NotFetched):
    """There is a picture, a film, a PDF or something else at the address."""

    sentence = "There is no page of text at this address. Copy the ingredients and method, and paste them in the box."


class Busy(NotFetched):
    """Too many pages are being fetched at once."""

    sentence = f"We are reading many pages just now. Try again in a minute. Or open the page. {PASTE}"


@dataclass(frozen=True)
class Limits:
    """How much one fetch may take: seconds and bytes in all, the bytes counted unpacked, and how many redirects."""

    seconds: float = 10
    size: int = 3_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Page:
    """What was fetched: where it was found in the end, its bytes, and the encoding its server names, "" for none."""

    address: str
    content: bytes
    charset: str = ""


IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[tuple[str, int]]]
"""(name, port) -> the (IP address, port) pairs that it stands for."""


def fetch(
    address: str,
    *,
    resolve: Resolve | None = None,
    may_reach: Callable[[IPAddress], bool] | None = None,
    limits: Limits = Limits(),
    clock: Callable[[], float] = time.monotonic,
) -> Page:
    """The page at an address, after at most five redirects. Raises NotFetched.

    `resolve` looks a name up and `may_reach` says which addresses are open to us; tests hand in their own. `clock` gives
    seconds that never run back.
    """
    if not _ROOM.acquire(blocking=False):
        raise Busy
    try:
        journey = _Journey(resolve or look_up, may_reach or is_public, limits, clock)
        return journey.fetch(address)
    finally:
        _ROOM.release()


_ROOM = threading.BoundedSemaphore(4)
"""A fetch keeps a server's thread waiting, so only so many may wait at once: the other pages must go on answering."""


def look_up(name: str, port: int) -> list[tuple[str, int]]:
    """Every address that the system's resolver knows for a name. Raises OSError when it knows none."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return [(str(sockaddr[0]), int(sockaddr[1])) for *_, sockaddr in found]


def is_public(address: IPAddress) -> bool:
    """Is this an address of the public web? Everything set aside for another purpose, and everything that wraps an IPv4
    address in an IPv6 one, is not. Source: the IANA special-purpose address registries (RFC 6890)."""
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    if any(address in network for network in _SET_ASIDE if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_SET_ASIDE = [
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # IETF protocol assignments, of which Python calls some global
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # a cloud's own metadata server, on an address that looks public
        "2001::/23",  # Teredo, ORCHID and other assignments
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
]


class _Journey:
    """One fetch: what it may use, and how much of it is left."""

    def __init__(
        self, resolve: Resolve, may_reach: Callable[[IPAddress], bool], limits: Limits, clock: Callable[[], float]
    ) -> None:
        self.resolve, self.may_reach, self.limits, self.clock = resolve, may_reach, limits, clock
        self.ends = clock() + limits.seconds
        self.sockets: list[socket.socket] = []

    @property
    def seconds_left(self) -> float:
        """Raises TooSlow when none is left."""
        left = self.ends - self.clock()
        if left <= 0:
            raise TooSlow
        return left

    def fetch(self, address: str) -> Page:
        with self._watchdog():
            try:
                return self._follow(address)
            except NotFetched:
                raise
            # The libraries fail in many ways on what a server may send; none of them may carry the address to a log.
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError, zlib.error):
                raise (Unreachable() if self.clock() < self.ends else TooSlow()) from None

    @contextmanager
    def _watchdog(self) -> Iterator[None]:
        """Ends every connection when the time is up: a server that sends a letter now and then never times out alone."""
        timer = threading.Timer(self.limits.seconds, self._end_connections)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            for one in self.sockets:
                one.close()

    def _end_connections(self) -> None:
        for one in self.sockets:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def _follow(self, address: str) -> Page:
        # Straight through the adapters: a session would read the whole body of every redirect first.
        adapters = {scheme: _Adapter(self, is_https=scheme == "https") for scheme in _PORTS}
        request = _request(address)
        for _ in range(self.limits.redirects + 1):
            adapter = adapters[urlsplit(str(request.url)).scheme]
            with adapter.send(request, stream=True, timeout=self.seconds_left, verify=True) as response:
                if not response.is_redirect:
                    return self._page(str(request.url), response)
                request = _redirected(response)
        raise TooManyRedirects

    def _page(self, address: str, response: requests.Response) -> Page:
        self.seconds_left  # noqa: B018 (a header that the watchdog ended looks like a whole one)
        if response.status_code in (404, 410):
            raise NotThere
        if response.status_code != 200:
            raise Refused
        kind, _, rest = response.headers.get("content-type", "").lower().partition(";")
        if kind.strip() not in _TEXT:
            raise NotText
        charset = rest.partition("charset=")[2].strip(" \"';")
        return Page(address, self._body(response), charset[:20])

    def _body(self, response: requests.Response) -> bytes:
        """The body, unpacked by us a piece at a time, so that a few bytes cannot become gigabytes in between."""
        packing = response.headers.get("content-encoding", "identity").lower().strip()
        if packing not in ("identity", "gzip", "x-gzip", ""):
            raise NotText
        unpack = zlib.decompressobj(31) if "gzip" in packing else None
        body = bytearray()
        while piece := response.raw.read1(65_536, decode_content=False):
            self.seconds_left  # noqa: B018 (raises when the time is up)
            body += unpack.decompress(piece, self.limits.size + 1 - len(body)) if unpack else piece
            if len(body) > self.limits.size:
                raise TooLarge
        self.seconds_left  # noqa: B018 (the watchdog may have ended the body)
        return bytes(body)

    def pinned(self, name: str, port: int) -> tuple[IPAddress, int]:
        """The one address to connect to for a name. Raises NotPublic unless every answer is open to us."""
        answers = self._look_up(name, port)
        found = [(ipaddress.ip_address(host), to) for host, to in answers]
        if not found:
            raise Unreachable
        if not all(self.may_reach(host) for host, _ in found):
            raise NotPublic
        return next((one for one in found if one[0].version == 4), found[0])

    def _look_up(self, name: str, port: int) -> Sequence[tuple[str, int]]:
        """Look a name up, waiting no longer than the time that is left; the system's resolver cannot be told."""
        answers: list[Sequence[tuple[str, int]]] = []

        def ask() -> None:
            try:
                answers.append(self.resolve(name, port))
            except (OSError, UnicodeError):
                answers.append([])

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self.seconds_left)
        if not answers:
            raise TooSlow
        return answers[0]


def _request(address: str) -> requests.PreparedRequest:
    """A request for an address that was checked as it was given, and as it will be sent. Raises NotFetched."""
    try:
        request = requests.Request("GET", checked_address(address), headers=_HEADERS).prepare()
    except (requests.RequestException, ValueError):
        raise NotAnAddress from None
    request.url = checked_address(str(request.url))
    return request


def _redirected(response: requests.Response) -> requests.PreparedRequest:
    # A header is read as Latin-1, but most servers that put other letters in it mean UTF-8.
    to = response.headers["location"].encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return _request(urljoin(str(response.url), requests.utils.requote_uri(to)))
    except (NotAnAddress, requests.RequestException, ValueError):
        raise NotPublic from None


_HEADERS = {"User-Agent": USER_AGENT, "Accept": "text/html, */*;q=0.1", "Accept-Encoding": "gzip"}
_TEXT = frozenset({
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/json", "application/ld+json",
})  # fmt: skip


def checked_address(address: str) -> str:
    """An address that may be fetched, without its fragment. Raises NotAnAddress or NotPublic.

    Recipe pages have a name: an address that is a number, in whatever notation, or a name without a dot is not one.
    """
    if len(address) > 2_000 or any(letter.isspace() or letter in '\\"<>^`{|}' or letter < "!" for letter in address):
        raise NotAnAddress
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotAnAddress from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise NotAnAddress
    if "@" in parts.netloc or port not in (None, _PORTS[parts.scheme]):
        raise NotPublic
    labels = _ascii_name(parts.hostname).removesuffix(".").split(".")
    if len(labels) < 2 or not labels[-1].removeprefix("xn--").replace("-", "").isalnum() or _is_number(labels[-1]):
        raise NotPublic
    if labels[-1] in _HOME_ONLY or labels[-2:] == ["home", "arpa"]:
        raise NotPublic
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def _ascii_name(name: str) -> str:
    """A host's name as it is looked up, with other scripts' letters, digits and dots turned into what they stand for."""
    try:
        return name.lower() if name.isascii() else name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise NotAnAddress from None


def _is_number(label: str) -> bool:
    """Would a resolver read a name that ends in this as an IPv4 address: 1, 0177 or 0x7f?"""
    return label.isdigit() or (label.startswith("0x") and all(letter in "0123456789abcdef" for letter in label[2:]))


_PORTS = {"http": 80, "https": 443}
_HOME_ONLY = frozenset(
    {"local", "localhost", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "onion"}
)


class _Adapter(IPFilterAdapter):
    """Looks each name up once, for the journey it belongs to, and lets the journey end the connection."""

    def __init__(self, journey: _Journey, is_https: bool) -> None:
        self._journey = journey
        super().__init__(is_https)

    def build_connection_pool_key_attributes(self, request: requests.PreparedRequest, verify: Any, cert: Any = None) -> Any:
        parts = urlsplit(str(request.url))
        name = parts.hostname or ""
        address, port = self._journey.pinned(name, _PORTS[parts.scheme])
        # The library's own filter judges the same address again. Loopback gets here only where a test opened it.
        self._allow_loopback = address.is_loopback
        at_address = request.copy()
        host = f"[{address}]" if address.version == 6 else str(address)
        at_address.url = urlunsplit((parts.scheme, f"{host}:{port}", parts.path, parts.query, ""))
        params, pool = super().build_connection_pool_key_attributes(at_address, verify, cert)
        request.headers["Host"] = name
        if self._is_https_proto:
            pool["assert_hostname"] = pool["server_hostname"] = name
        return params, pool

    def get_connection_with_tls_context(self, *given: Any, **named: Any) -> Any:
        pool = super().get_connection_with_tls_context(*given, **named)
        pool.ConnectionCls = _watched(pool.ConnectionCls, self._journey)
        return pool


def _watched(kind: Any, journey: _Journey) -> Any:
    """A connection of this kind that hands out a second grip on its socket, which TLS does not take away."""

    class Watched(kind):
        def _new_conn(self) -> socket.socket:
            opened: socket.socket = super()._new_conn()
            journey.sockets.append(opened.dup())
            journey.seconds_left  # noqa: B018 (the watchdog may have looked just before)
            return opened

    return Watched
