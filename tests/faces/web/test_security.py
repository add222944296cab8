"""Who may ask and what may be sent; what a browser may do with an answer."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dragoman.errors import InputError
from dragoman.faces.web.security import POLICY, Host, checked_host, checked_names


@pytest.mark.parametrize("address", ["/", "/nowhere", "/threads.csv", "/static/nothing.css", "/chronology?as_of=x"])
def test_every_answer_has_the_headers(pages: TestClient, address: str) -> None:
    headers = pages.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY and POLICY.startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "cache-control" in headers


@pytest.mark.parametrize("host", ["localhost", "localhost:8484", "127.0.0.1:1", "[::1]", "[::1]:8484", "LOCALHOST"])
def test_this_machine_is_answered(pages: TestClient, host: str) -> None:
    assert pages.get("/log", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8484", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.1.5", ""]
)
def test_another_name_is_not(pages: TestClient, host: str) -> None:
    answer = pages.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "localhost" in answer.text and "Now" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/threads/T1", "/static/workspace.css", "/nowhere"])
def test_other_methods_are_not_taken(pages: TestClient, method: str, address: str) -> None:
    answer = pages.request(method, address)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("address", ["/", "/threads/T1", "/static/workspace.css", "/api/1/threads"])
def test_nothing_can_be_sent_to_what_only_shows(pages: TestClient, address: str) -> None:
    answer = pages.post(address, data={"token": "x"})
    assert answer.status_code == 405
    assert {name.strip() for name in answer.headers["allow"].split(",")} == {"GET", "HEAD"}


def test_a_large_body_is_refused_before_it_is_read(pages: TestClient) -> None:
    answer = pages.request("GET", "/", headers={"content-length": str(100_000_000)}, content=b"x")
    assert answer.status_code == 413
    assert pages.request("GET", "/", content=iter([b"x" * 1000] * 3)).status_code == 413  # of a length that is not told
    assert pages.get("/").status_code == 200


def test_names_of_this_machine_are_not_bound_to_https(pages: TestClient) -> None:
    """Other programs answer under them too, without encryption."""
    assert "strict-transport-security" not in pages.get("https://localhost:8484/log").headers


def test_head_is_answered_without_a_body(pages: TestClient) -> None:
    answer = pages.head("/threads")
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_cookie_is_for_this_site_alone(pages: TestClient) -> None:
    cookie = pages.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie


@pytest.mark.parametrize(
    ("given", "used", "loopback"),
    [
        ("127.0.0.1", "127.0.0.1", True), ("localhost", "127.0.0.1", True), ("::1", "::1", True), ("127.0.0.9", "127.0.0.9", True),
        ("[::1]", "::1", True), ("0.0.0.0", "0.0.0.0", False), ("::", "::", False), ("192.168.1.5", "192.168.1.5", False),
    ],
)  # fmt: skip
def test_which_hosts_are_this_machine_alone(given: str, used: str, loopback: bool) -> None:
    assert checked_host(given) == Host(used, loopback)


@pytest.mark.parametrize("host", ["news.example", "", "localhost.example", "1.2.3.4.5", "127.0.0.1:80"])
def test_what_is_no_address(host: str) -> None:
    with pytest.raises(InputError, match="is no address of this machine; give an IP address"):
        checked_host(host)


def test_the_names_of_a_workspace() -> None:
    assert checked_names([], Host("127.0.0.1", True)) == ("127.0.0.1",)
    assert checked_names(["Desk.Example."], Host("192.168.1.5", False)) == ("desk.example", "192.168.1.5")
    assert checked_names(["desk.example"], Host("::", False)) == ("desk.example",)
    assert checked_names([], Host("2001:db8::5", False)) == ("[2001:db8::5]",)
    for name in ("https://desk.example", "desk.example:80", "*", "", "a b", "-a", "desk/example"):
        with pytest.raises(InputError, match="is no name of a machine"):
            checked_names([name], Host("127.0.0.1", True))
    with pytest.raises(InputError, match="say with --name"):
        checked_names([], Host("0.0.0.0", False))


def test_our_own_files_stay_in_their_folder(pages: TestClient) -> None:
    assert pages.get("/static/workspace.css").headers["cache-control"].endswith("immutable")
    for name in ("../app.py", "..%2fapp.py", "%2e%2e/app.py", "/etc/passwd"):
        assert pages.get(f"/static/{name}").status_code in (404, 405)
