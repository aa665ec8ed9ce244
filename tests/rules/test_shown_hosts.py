"""A website's host as it is shown to people."""

from __future__ import annotations

import pytest

from directory.web.filters import host


@pytest.mark.case("D5")
@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.acme.example/path", "acme.example"),
        ("https://müller.example", "müller.example"),
        ("https://\u0430pple.example", "xn--pple-43d.example"),
        ("https://xn--pple-43d.example", "xn--pple-43d.example"),
    ],
)
def test_a_host_cannot_look_like_another_one(url: str, shown: str) -> None:
    assert host(url) == shown
