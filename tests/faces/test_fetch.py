"""Fetching: from a server on this machine, polite and hostile ones."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import repeat

import pytest

from dragoman.faces.fetch import Fetcher, FetchError, Terms, seconds_of
from tests.faces.server import Reply, Site, serving

QUICK = Terms(allow_private=True, seconds=2, silence=1, size=200_000, pause=0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def failure(url: str, fetcher: Fetcher | None = None) -> FetchError:
    with pytest.raises(FetchError) as caught:
        (fetcher or Fetcher(QUICK)).get(url)
    assert caught.value.where == url
    assert "\n" not in str(caught.value)
    return caught.value


class TestAnswers:
    def test_what_is_there_comes_with_what_to_ask_next_time(self, site: Site) -> None:
        fields = {"Content-Type": "text/html; charset=latin-1", "ETag": '"v1"', "Last-Modified": "Sat, 10 Jan 2026 08:00:00 GMT"}
        site.paths["/a"] = Reply(b"<p>caf\xe9", fields=fields)
        answer = Fetcher(QUICK).get(f"{site.url}/a")
        assert (answer.data, answer.charset, answer.etag, answer.unchanged) == (b"<p>caf\xe9", "latin-1", '"v1"', False)
        assert answer.url == f"{site.url}/a" and answer.moved_to is None
        assert "dragoman" in site.asked[-1][1]["user-agent"]

    def test_what_has_not_changed_is_not_sent_again(self, site: Site) -> None:
        site.paths["/a"] = lambda fields: Reply(status=304 if fields.get("if-none-match") == '"v1"' else 200)
        assert Fetcher(QUICK).get(f"{site.url}/a", '"v1"', "Sat, 10 Jan 2026 08:00:00 GMT").unchanged
        assert site.asked[-1][1]["if-modified-since"] == "Sat, 10 Jan 2026 08:00:00 GMT"
        assert not Fetcher(QUICK).get(f"{site.url}/a", '"v0"').unchanged

    @pytest.mark.parametrize("encoding", ["gzip", "deflate"])
    def test_compressed(self, site: Site, encoding: str) -> None:
        body = gzip.compress(b"Tarvo " * 1000) if encoding == "gzip" else zlib.compress(b"Tarvo " * 1000)
        site.paths["/a"] = Reply(body, fields={"Content-Encoding": encoding})
        assert Fetcher(QUICK).get(f"{site.url}/a").data == b"Tarvo " * 1000

    def test_redirects_are_followed_and_a_move_for_good_is_told(self, site: Site) -> None:
        site.paths.update(
            {"/a": Reply(status=301, fields={"Location": "/b"}), "/b": Reply(status=302, fields={"Location": "c"}), "/c": Reply(b"here")}
        )
        answer = Fetcher(QUICK).get(f"{site.url}/a")
        assert (answer.data, answer.url, answer.moved_to) == (b"here", f"{site.url}/c", f"{site.url}/b")

    def test_no_proxy_and_no_cookie(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        site.paths["/a"] = Reply(b"here", fields={"Set-Cookie": "a=b"})
        fetcher = Fetcher(QUICK)
        fetcher.get(f"{site.url}/a")
        assert fetcher.get(f"{site.url}/a").data == b"here"
        assert "cookie" not in site.asked[-1][1]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A certificate for localhost that nobody vouches for, with its key."""
    openssl = shutil.which("openssl") or pytest.skip("openssl makes the certificate for this test: apt-get install openssl")
    path = str(tmp_path_factory.mktemp("tls") / "localhost.pem")
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", path, "-out", path + "c")
    subprocess.run([openssl, *made, *names], check=True, capture_output=True)
    with open(path, "a") as key, open(path + "c") as public:
        key.write(public.read())
    return path


class TestTls:
    def test_a_certificate_that_is_trusted(self, certificate: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", certificate)
        with serving(certificate) as site:
            site.paths["/a"] = Reply(b"here")
            assert Fetcher(QUICK).get(f"{site.url}/a").data == b"here"
            # the same server under a name that its certificate does not have
            assert "certificate" in failure(f"{site.url.replace('localhost', '127.0.0.1')}/a").found

    def test_one_that_is_not(self, certificate: str) -> None:
        with serving(certificate) as site:
            assert "certificate" in failure(f"{site.url}/a").found
            assert site.asked == []


class TestRefused:
    def test_private_addresses(self, site: Site) -> None:
        found = failure(f"{site.url}/a", Fetcher(Terms(seconds=2)))
        assert "not public: 127.0.0.1" in found.found
        assert not found.temporary and site.asked == []

    def test_a_redirect_to_a_private_address(self, monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
        # the first host counts as public here, so that its redirect is what is looked at
        monkeypatch.setattr("dragoman.faces.connection.is_public", lambda address: address == "127.0.0.1")
        site.paths["/a"] = Reply(status=302, fields={"Location": "http://169.254.169.254/latest/meta-data"})
        assert "169.254.169.254" in failure(f"{site.url}/a", Fetcher(Terms(seconds=2, pause=0))).found

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/", "http://", "http://[::1", "gopher://a"])
    def test_addresses_that_are_not_of_the_web(self, site: Site, target: str) -> None:
        assert not failure(target).temporary
        site.paths["/a"] = Reply(status=302, fields={"Location": target})
        failure(f"{site.url}/a")

    def test_a_password_in_an_address(self) -> None:
        assert "password" in failure("https://a:b@gazette.example/").found

    def test_robots_txt_is_asked_once_and_obeyed(self, site: Site) -> None:
        site.paths.update({"/robots.txt": Reply(b"User-agent: *\nDisallow: /*/print"), "/a": Reply(b"here")})
        fetcher = Fetcher(QUICK)
        assert fetcher.get(f"{site.url}/a").data == b"here"
        assert "robots.txt" in failure(f"{site.url}/a/print", fetcher).found
        assert site.times("/robots.txt") == 1 and site.times("/a/print") == 0

    def test_robots_txt_holds_for_where_a_redirect_leads(self, site: Site) -> None:
        site.paths.update({"/robots.txt": Reply(b"User-agent: *\nDisallow: /b"), "/a": Reply(status=302, fields={"Location": "/b"})})
        assert "robots.txt" in failure(f"{site.url}/a").found
        assert site.times("/b") == 0

    def test_no_rules_can_be_had(self, site: Site) -> None:
        site.paths.update({"/robots.txt": Reply(status=500), "/a": Reply(b"here")})
        found = failure(f"{site.url}/a")
        assert found.temporary and "robots.txt" in found.found and site.times("/a") == 0


class TestServersThatFail:
    @pytest.mark.parametrize(("status", "temporary"), [(403, False), (404, False), (410, False), (429, True), (500, True), (503, True)])
    def test_statuses(self, site: Site, status: int, temporary: bool) -> None:
        site.paths["/a"] = Reply(status=status)
        found = failure(f"{site.url}/a")
        assert (found.temporary, str(status) in found.found) == (temporary, True)

    def test_a_server_that_asks_to_wait_is_left_alone(self, site: Site) -> None:
        site.paths.update({"/a": Reply(status=429, fields={"Retry-After": "120"}), "/b": Reply(b"here")})
        fetcher = Fetcher(QUICK)
        assert failure(f"{site.url}/a", fetcher).wait == 120
        again = failure(f"{site.url}/b", fetcher)
        assert again.temporary and again.wait is not None and 100 < again.wait <= 120
        assert site.times("/b") == 0

    def test_nobody_there(self) -> None:
        with serving() as gone:
            url = gone.url
        assert failure(url).temporary

    def test_not_http(self, site: Site) -> None:
        site.paths["/a"] = Reply(status=304)
        assert "nothing has changed" in failure(f"{site.url}/a").found


class TestHostileServers:
    def test_a_body_without_end(self, site: Site) -> None:
        site.paths["/a"] = lambda _: Reply(parts=repeat(b"x" * 10_000))
        assert "larger than 0.2 MB" in failure(f"{site.url}/a").found

    def test_a_length_over_the_limit_is_believed(self, site: Site) -> None:
        site.paths["/a"] = Reply(b"x" * 300_000)
        assert "larger than" in failure(f"{site.url}/a").found

    def test_a_small_answer_that_unpacks_without_end(self, site: Site) -> None:
        site.paths["/a"] = Reply(gzip.compress(bytes(50_000_000)), fields={"Content-Encoding": "gzip"})
        assert "larger than" in failure(f"{site.url}/a").found

    def test_a_compression_that_was_not_asked_for(self, site: Site) -> None:
        site.paths["/a"] = Reply(b"\x0b\x02\x80", fields={"Content-Encoding": "br"})
        assert "compression" in failure(f"{site.url}/a").found

    def test_compressed_data_that_are_not(self, site: Site) -> None:
        site.paths["/a"] = Reply(b"Tarvo", fields={"Content-Encoding": "gzip"})
        assert "damaged" in failure(f"{site.url}/a").found

    def test_redirects_without_end(self, site: Site) -> None:
        site.paths.update({"/a": Reply(status=302, fields={"Location": "/b"}), "/b": Reply(status=302, fields={"Location": "/a"})})
        assert "more than 5 redirects" in failure(f"{site.url}/a").found
        assert site.times("/a") + site.times("/b") == 6

    @pytest.mark.parametrize("status", [200, 0])
    def test_a_slow_drip_in_body_or_head_ends_at_the_deadline(self, site: Site, status: int) -> None:
        def drops() -> Iterator[bytes]:
            for part in repeat(b"x" if status else b"H", 100):
                time.sleep(0.1)
                yield part

        site.paths["/a"] = lambda _: Reply(status=status, parts=drops())
        begin = time.monotonic()
        found = failure(f"{site.url}/a")
        assert found.temporary
        assert time.monotonic() - begin < 6

    def test_a_host_that_is_slow_twice_is_left_alone(self, site: Site) -> None:
        def waiting(_: object) -> Reply:
            time.sleep(0.6)
            return Reply()

        site.paths.update({"/a": waiting, "/b": waiting, "/c": Reply(b"here")})
        fetcher = Fetcher(Terms(allow_private=True, seconds=2, silence=0.2, pause=0))
        assert fetcher.get(f"{site.url}/c").data == b"here"
        assert "no whole answer" in failure(f"{site.url}/a", fetcher).found
        assert fetcher.get(f"{site.url}/c").data == b"here"
        for path in ("/a", "/b"):
            assert "no whole answer" in failure(f"{site.url}{path}", fetcher).found
        assert "a moment ago" in failure(f"{site.url}/c", fetcher).found

    def test_silence(self, site: Site) -> None:
        def waiting(_: object) -> Reply:
            time.sleep(4)
            return Reply()

        site.paths["/a"] = waiting
        begin = time.monotonic()
        assert failure(f"{site.url}/a").temporary
        assert time.monotonic() - begin < 3.5

    def test_robots_txt_without_end(self, site: Site) -> None:
        site.paths.update({"/robots.txt": lambda _: Reply(parts=repeat(b"#" * 10_000)), "/a": Reply(b"here")})
        assert Fetcher(QUICK).get(f"{site.url}/a").data == b"here"


def test_requests_to_one_host_are_spaced(site: Site) -> None:
    slept: list[float] = []
    site.paths.update({"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 7"), "/a": Reply(b"here")})
    fetcher = Fetcher(Terms(allow_private=True, pause=0.5), slept.append)
    fetcher.get(f"{site.url}/a")
    fetcher.get(f"{site.url}/a")
    assert [round(pause) for pause in slept] == [0, 7] or [round(pause, 1) for pause in slept] == [0.5, 7.0]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (None, None), ("", None), ("soon", None), ("-5", None), ("120", 120), ("999999999999", 86_400),
        ("Sat, 10 Jan 2026 08:01:00 GMT", 60), ("Sat, 10 Jan 2026 07:00:00 GMT", 0), ("Sat, 99 Foo", None),
    ],
)  # fmt: skip
def test_how_long_to_wait(written: str | None, seconds: float | None) -> None:
    assert seconds_of(written, datetime(2026, 1, 10, 8, tzinfo=UTC)) == seconds
