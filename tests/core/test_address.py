"""What a base URL says: whether it leads to this computer, and where it leads encrypted or not."""

import pytest

from presence_desktop.core.address import encrypted, host_and_port, is_loopback, plain


@pytest.mark.parametrize(
    ("server", "loopback"),
    [
        ("http://127.0.0.1:3001", True),
        ("http://127.8.8.8", True),
        ("https://[::1]:3001", True),
        ("http://localhost:3001", True),
        ("http://chat.localhost", True),
        ("http://192.168.0.12:3001", False),
        ("https://localhost.example.org", False),
        ("http://", False),
    ],
)
def test_whether_a_server_is_on_this_computer(server: str, loopback: bool) -> None:
    assert is_loopback(server) is loopback


def test_the_same_place_with_and_without_encryption() -> None:
    assert encrypted("http://a:3001") == "https://a:3001"
    assert encrypted("http://a") == "https://a:80"
    assert encrypted("https://a") == "https://a"
    assert plain("https://[::1]:5") == "http://[::1]:5"
    assert plain("https://a") == "http://a:443"
    assert host_and_port("https://a") == ("a", 443)
