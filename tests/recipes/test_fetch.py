"""Does a fetch reach public web servers only, and does it always end in a page or a sentence?

Everything here stays on this machine: the servers listen on loopback, names are looked up in a table, and a connection to
anywhere else is counted and cut off.
"""

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import urllib3.util.connection

from recipes import fetch as fetching
from recipes.fetch import (
    Busy,
    IPAddress,
    Limits,
    NotAnAddress,
    NotFetched,
    NotPublic,
    NotText,
    NotThere,
    Page,
    Refused,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    fetch,
    is_public,
)

OPEN, CLOSED = "127.0.0.2", "127.0.0.1"
"""Where the public web server of these tests listens, and where something private does."""
SHORT = Limits(seconds=0.6, size=20_000, redirects=5)


class Web:
    """A web of two servers and a table of names. It counts look-ups, and connections to where none may go."""

    def __init__(self) -> None:
        self.names: dict[str, list[list[str]]] = {"soup.test": [[OPEN]]}
        self.look_ups: list[str] = []
        self.reached: list[str] = []
        self.asked: list[BaseHTTPRequestHandler] = []
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.port = 0

    def resolve(self, name: str, port: int) -> list[tuple[str, int]]:
        self.look_ups.append(name)
        if name in self.names:
            said = self.names[name]
            return [(one, self.port) for one in (said.pop(0) if len(said) > 1 else said[0])]
        try:  # A number in any notation, as a resolver would read it.
            found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except (OSError, UnicodeError):
            raise OSError from None
        return [(str(address[0]), self.port) for *_, address in found]

    def may_reach(self, address: IPAddress) -> bool:
        return str(address) == OPEN or is_public(address)

    def fetch(self, address: str, limits: Limits = SHORT) -> Page:
        return fetch(address, resolve=self.resolve, may_reach=self.may_reach, limits=limits)


def redirect(to: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def page(body: bytes, kind: str | None = "text/html", status: int = 200, **headers: str) -> Callable[..., None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if kind:
            handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.fixture(scope="module")
def servers() -> Iterator[Web]:
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.server.server_address[0] != OPEN:
                web.reached.append(self.path)
            web.asked.append(self)
            try:
                web.answers.get(self.path, page(b"hello"))(self)
            except OSError:
                pass  # The other side has rung off, as it should.

        def log_message(self, *_: object) -> None:
            pass

    opened = ThreadingHTTPServer((OPEN, 0), Handler)
    web.port = opened.server_address[1]
    closed = ThreadingHTTPServer((CLOSED, web.port), Handler)
    for server in (opened, closed):
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield web
    for server in (opened, closed):
        server.shutdown()
        server.server_close()


@pytest.fixture
def web(servers: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    fresh = Web()
    servers.names, servers.look_ups, servers.reached = fresh.names, fresh.look_ups, fresh.reached
    servers.asked, servers.answers = fresh.asked, fresh.answers
    connect = urllib3.util.connection.create_connection

    def only_here(address: tuple[str, int], *rest: object, **named: object) -> socket.socket:
        if address[0] != OPEN:
            servers.reached.append(address[0])
            raise OSError("cut off by the test")
        return connect(address, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(urllib3.util.connection, "create_connection", only_here)
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{CLOSED}:{servers.port}")
    return servers


# Addresses

HOSTILE = {
    "loopback": "http://127.0.0.1/",
    "loopback, another": "http://127.8.9.10/",
    "loopback in one number": "http://2130706433/",
    "loopback in octal": "http://0177.0.0.1/",
    "loopback in one octal number": "http://017700000001/",
    "loopback in hexadecimal": "http://0x7f.0x0.0x0.0x1/",
    "loopback in one hexadecimal number": "http://0x7f000001/",
    "loopback, short": "http://127.1/",
    "loopback in three parts": "http://127.0.1/",
    "loopback with zeros in front": "http://127.0.0.0001/",
    "a mixture of notations": "http://0x7f.0.01/",
    "nought": "http://0/",
    "all noughts": "http://0.0.0.0/",
    "private, class A": "http://10.0.0.1/",
    "private, class B": "http://172.16.0.1/",
    "private, class C": "http://192.168.1.1/",
    "link-local, a cloud's metadata": "http://169.254.169.254/latest/meta-data/",
    "metadata in one number": "http://2852039166/",
    "metadata that looks public": "http://168.63.129.16/",
    "shared by a provider's customers": "http://100.64.0.1/",
    "another cloud's metadata": "http://100.100.100.200/",
    "benchmarks": "http://198.18.0.1/",
    "multicast": "http://224.0.0.1/",
    "broadcast": "http://255.255.255.255/",
    "reserved": "http://240.0.0.1/",
    "a public address without a name": "http://93.184.215.14/",
    "IPv6 loopback": "http://[::1]/",
    "IPv6 unspecified": "http://[::]/",
    "IPv6 loopback, long": "http://[0:0:0:0:0:0:0:1]/",
    "IPv4 mapped": "http://[::ffff:127.0.0.1]/",
    "IPv4 mapped in hexadecimal": "http://[::ffff:7f00:1]/",
    "IPv4 mapped metadata": "http://[::ffff:169.254.169.254]/",
    "IPv4 compatible": "http://[::127.0.0.1]/",
    "NAT64": "http://[64:ff9b::127.0.0.1]/",
    "NAT64, local": "http://[64:ff9b:1::7f00:1]/",
    "6to4": "http://[2002:7f00:1::]/",
    "Teredo": "http://[2001:0:7f00:1::]/",
    "unique local": "http://[fc00::1]/",
    "a cloud's IPv6 metadata": "http://[fd00:ec2::254]/",
    "IPv6 link-local": "http://[fe80::1]/",
    "a scope": "http://[fe80::1%25lo]/",
    "a scope on loopback": "http://[::1%25lo]/",
    "site-local": "http://[fec0::1]/",
    "IPv6 multicast": "http://[ff02::1]/",
    "IPv6 documentation": "http://[2001:db8::1]/",
    "segment routing": "http://[5f00::1]/",
    "this machine by name": "http://localhost/",
    "this machine by name and dot": "http://localhost./",
    "below this machine's name": "http://soup.localhost/",
    "a name on the house's network": "http://printer.local/",
    "a name without a dot": "http://intranet/",
    "a cloud's own name": "http://metadata.google.internal/",
    "a name that stands for loopback": "http://loop.test/",
    "a name that stands for a private address": "http://private.test/",
    "a name that stands for metadata": "http://metadata.test/",
    "a name that stands for IPv6 loopback": "http://six.test/",
    "a name that stands for a mapped address": "http://mapped.test/",
    "a name that stands for a compatible address": "http://compatible.test/",
    "a name that stands for NAT64": "http://nat64.test/",
    "a name that stands for a site-local address": "http://site.test/",
    "a name that stands for a scope": "http://scope.test/",
    "a name with one private answer among public ones": "http://both.test/",
    "a public name, then a private one by the same name's dot": "http://loop.test./",
    "somebody before an at sign": "http://soup.test@127.0.0.1/",
    "a password before an at sign": "http://soup.test:80@127.0.0.1/",
    "an at sign and a fragment": "http://127.0.0.1#@soup.test/",
    "an at sign behind a backslash": "http://soup.test\\@127.0.0.1/",
    "a backslash": "http:\\\\127.0.0.1\\",
    "an at sign in percent": "http://soup.test%40127.0.0.1/",
    "a null": "http://127.0.0.1%00.soup.test/",
    "a new line": "http://soup.test/\r\nHost: 127.0.0.1",
    "a tab in the name": "http://127.0.\t0.1/",
    "another port": "http://soup.test:8000/",
    "the port of e-mail": "http://soup.test:25/",
    "the other scheme's port": "http://soup.test:443/",
    "a port out of range": "http://soup.test:99999/",
    "a port of letters": "http://soup.test:http/",
    "a trailing dot": "http://127.0.0.1./",
    "two trailing dots": "http://127.0.0.1../",
    "full-width digits": "http://１２７.０.０.１/",
    "circled digits": "http://①②⑦.⓪.⓪.①/",
    "ideographic dots": "http://127。0。0。1/",
    "circled letters": "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "punycode that is broken": "http://xn--\u00e9.test/",
    "a file": "file:///etc/passwd",
    "FTP": "ftp://soup.test/",
    "Gopher": "gopher://127.0.0.1:6379/_INFO",
    "a script": "javascript:alert(1)",
    "data": "data:text/html,<h1>Soup</h1>",
    "a dictionary": "dict://127.0.0.1:11211/stat",
    "no scheme": "//127.0.0.1/",
    "no name": "http:///soup",
    "nothing": "",
    "words": "my favourite soup",
    "a bracket": "http://[::1/",
    "very long": "http://soup.test/" + "a" * 3_000,
}
STANDS_FOR = {
    "loop.test": [CLOSED], "loop.test.": [CLOSED], "private.test": ["10.1.2.3"], "metadata.test": ["169.254.169.254"],
    "six.test": ["::1"], "mapped.test": ["::ffff:127.0.0.1"], "compatible.test": ["::127.0.0.1"],
    "nat64.test": ["64:ff9b::7f00:1"], "site.test": ["fec0::1"], "scope.test": ["fe80::1%lo"],
    "both.test": ["93.184.215.14", CLOSED],
}  # fmt: skip


@pytest.mark.parametrize("address", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_address_reaches_nothing_and_gets_a_sentence(web: Web, address: str) -> None:
    web.names |= {name: [answers] for name, answers in STANDS_FOR.items()}
    with pytest.raises((NotAnAddress, NotPublic)) as error:
        web.fetch(address)
    assert web.reached == [] and web.asked == []
    assert "Copy " in str(error.value) and str(error.value).endswith((".", "https://"))


@pytest.mark.parametrize("address", HOSTILE.values(), ids=HOSTILE)
def test_a_redirect_to_a_hostile_address_reaches_nothing_and_gets_a_sentence(web: Web, address: str) -> None:
    web.names |= {name: [answers] for name, answers in STANDS_FOR.items()}
    location = address.replace("\r\n", "%0d%0a").encode("utf-8").decode("latin-1")
    web.answers["/"] = redirect(location)
    with pytest.raises(NotFetched) as error:
        fetched = web.fetch("http://soup.test/")
        assert fetched.address.startswith("http://soup.test/"), "a path without a name leads to the same site, or nowhere"
        raise NotFetched
    assert web.reached == []
    assert all(handler.headers["Host"] == "soup.test" for handler in web.asked)
    assert "Copy its ingredients" in str(error.value)


def test_there_are_enough_hostile_addresses() -> None:
    assert len(HOSTILE) >= 60


def test_a_name_that_changes_its_mind_is_looked_up_once(web: Web) -> None:
    web.names["rebind.test"] = [[OPEN], [CLOSED]]
    assert web.fetch("http://rebind.test/").content == b"hello"
    assert web.look_ups == ["rebind.test"] and web.reached == []


def test_a_name_that_changes_its_mind_between_redirects_is_refused(web: Web) -> None:
    web.names["rebind.test"] = [[OPEN], [CLOSED]]
    web.answers["/"] = redirect("/again")
    with pytest.raises(NotPublic):
        web.fetch("http://rebind.test/")
    assert web.look_ups == ["rebind.test"] * 2 and web.reached == []


PRIVATE = ["0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "168.63.129.16", "169.254.169.254", "172.31.0.1", "192.0.0.9",
           "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
           "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "100::1",
           "2001::1", "2001:2::1", "2001:20::1", "2001:db8::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1",
           "fd00:ec2::254", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1"]  # fmt: skip


def test_only_addresses_of_the_public_web_are_public() -> None:
    assert [one for one in PRIVATE if is_public(ipaddress.ip_address(one))] == []
    assert all(is_public(ipaddress.ip_address(one)) for one in ("8.8.8.8", "151.101.0.81", "2a00:1450:4009::200e"))


# What a server may do


def test_a_page_comes_with_where_it_was_found_and_its_encoding(web: Web) -> None:
    web.answers["/soup"] = redirect("http://soup.test/leek-soup?size=4#method")
    web.answers["/leek-soup?size=4"] = page("Crème".encode("iso-8859-15"), "text/html; charset=ISO-8859-15")
    assert web.fetch("http://soup.test/soup") == Page("http://soup.test/leek-soup?size=4", b"Cr\xe8me", "iso-8859-15")


def test_it_says_who_it_is_and_hands_nothing_over(web: Web) -> None:
    web.answers["/"] = lambda handler: page(b"", None, 302, Location="/next", Set_Cookie="who=you")(handler)
    web.fetch("http://soup.test/")
    for handler in web.asked:
        assert handler.headers["User-Agent"].startswith("PipingHot/")
        assert handler.headers["Host"] == "soup.test"
        assert not {"Cookie", "Referer", "Authorization"} & set(handler.headers)
    assert [handler.path for handler in web.asked] == ["/", "/next"]


def test_a_packed_page_is_unpacked(web: Web) -> None:
    web.answers["/"] = page(gzip.compress(b"Leek soup" * 100), Content_Encoding="gzip")
    assert web.fetch("http://soup.test/").content == b"Leek soup" * 100


def endless(handler: BaseHTTPRequestHandler) -> None:
    page(b"")(handler)
    for _ in range(2_000):
        handler.wfile.write(b"soup " * 1_000)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    page(b"")(handler)
    for _ in range(40):
        handler.wfile.write(b"s")
        time.sleep(0.1)


def dripping_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    for _ in range(40):
        handler.wfile.write(b"X")
        time.sleep(0.1)


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


def continued(handler: BaseHTTPRequestHandler) -> None:
    for _ in range(100_000):
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")


def header_flood(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + b"X-Soup: leek\r\n" * 10_000 + b"\r\n")


def long_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Soup: " + b"leek" * 50_000 + b"\r\n\r\n")


def nonsense(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01leek soup\r\n\r\n")


def leave_early(handler: BaseHTTPRequestHandler) -> None:
    page(b"short", Content_Length="500")(handler)


BAD = {
    "an endless body": (endless, TooLarge),
    "a body that says it is large": (page(b"s" * 30_000, Content_Length="30000"), TooLarge),
    "a body that drips": (dripping, TooSlow),
    "a header that drips": (dripping_header, TooSlow),
    "no answer": (silent, TooSlow),
    "a promise without end": (continued, (TooSlow, Unreachable)),
    "a gzip bomb": (page(gzip.compress(b"\0" * 20_000_000), Content_Encoding="gzip"), TooLarge),
    "gzip that is none": (page(b"leek soup", Content_Encoding="gzip"), Unreachable),
    "another packing": (page(b"leek soup", Content_Encoding="br"), NotText),
    "packed twice": (page(gzip.compress(b"leek"), Content_Encoding="gzip, gzip"), NotText),
    "a picture": (page(b"\x89PNG", "image/png"), NotText),
    "a PDF": (page(b"%PDF", "application/pdf"), NotText),
    "a file to save": (page(b"leek soup", "application/octet-stream"), NotText),
    "no kind of content": (page(b"leek soup", None), NotText),
    "a flood of headers": (header_flood, Unreachable),
    "a header without end": (long_header, Unreachable),
    "nonsense": (nonsense, Unreachable),
    "less than it said": (leave_early, Unreachable),
    "a redirect to itself": (redirect("/bad"), TooManyRedirects),
    "a redirect to nowhere": (redirect("http://nowhere.test/"), Unreachable),
    "not found": (page(b"", status=404), NotThere),
    "gone": (page(b"", status=410), NotThere),
    "forbidden": (page(b"", status=403), Refused),
    "a password": (page(b"", status=401, WWW_Authenticate="Basic"), Refused),
    "too often": (page(b"", status=429, Retry_After="3600"), Refused),
    "out of order": (page(b"", status=503), Refused),
    "nothing in it, it says": (page(b"", status=204), Refused),
}


@pytest.mark.parametrize(("answer", "error"), BAD.values(), ids=BAD)
def test_what_a_server_does_wrong_gets_a_sentence_in_time(
    web: Web, answer: Callable[[BaseHTTPRequestHandler], None], error: type[NotFetched]
) -> None:
    web.answers["/bad"] = answer
    began = time.monotonic()
    with pytest.raises(error) as raised:
        web.fetch("http://soup.test/bad")
    assert time.monotonic() - began < SHORT.seconds + 0.5
    assert "paste them in the box." in str(raised.value)
    assert raised.value.__cause__ is None and "soup.test" not in str(raised.value)


def test_six_redirects_are_one_too_many(web: Web) -> None:
    web.answers |= {f"/{number}": redirect(f"/{number + 1}") for number in range(9)}
    web.answers["/5"] = page(b"here")
    assert web.fetch("http://soup.test/0").content == b"here"
    web.answers["/5"] = redirect("/6")
    with pytest.raises(TooManyRedirects):
        web.fetch("http://soup.test/0")
    assert len(web.asked) == 12


def test_the_body_of_a_redirect_is_not_read(web: Web) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        page(b"", None, 302, Location="/next")(handler)
        endless(handler)

    web.answers["/"] = answer
    assert web.fetch("http://soup.test/").content == b"hello"


def test_a_resolver_that_hangs_is_not_waited_for(web: Web) -> None:
    def hang(name: str, port: int) -> list[tuple[str, int]]:
        time.sleep(1.2)
        return []

    began = time.monotonic()
    with pytest.raises(TooSlow):
        fetch("http://soup.test/", resolve=hang, limits=SHORT)
    assert time.monotonic() - began < 1


def test_a_secure_page_is_asked_for_under_its_own_name(web: Web) -> None:
    said: list[bytes] = []

    def hear() -> None:
        connection, _ = listener.accept()
        connection.settimeout(2)
        said.append(connection.recv(4_000))
        connection.close()

    with socket.create_server((OPEN, 0)) as listener:
        threading.Thread(target=hear, daemon=True).start()
        port = listener.getsockname()[1]
        with pytest.raises(Unreachable):
            fetch("https://soup.test/", resolve=lambda *_: [(OPEN, port)], may_reach=web.may_reach, limits=SHORT)
    assert b"soup.test" in said[0], "the TLS greeting must name the site, or its certificate cannot be held against it"


def test_only_so_many_pages_are_fetched_at_once(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_ROOM", threading.BoundedSemaphore(1))
    with fetching._ROOM, pytest.raises(Busy):
        web.fetch("http://soup.test/")
    assert web.fetch("http://soup.test/").content == b"hello"


def test_nothing_of_an_address_is_logged(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    web.names["secret-soup.test"] = [[CLOSED]]
    with pytest.raises(NotPublic):
        web.fetch("http://secret-soup.test/secret")
    web.fetch("http://soup.test/secret")
    assert "secret" not in "".join(record.getMessage() for record in caplog.records if record.levelname != "DEBUG")
