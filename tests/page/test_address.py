"""Addresses that name one page are known as one."""

from __future__ import annotations

import pytest

from onrecord.page.address import key_of


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/a?utm_source=feed&utm_medium=rss#top", "/a"),
        ("/a?b=2&fbclid=x&a=1&a=0", "/a?a=0&a=1&b=2"),
        ("/a?mc_cid=1&mc_eid=2&gclid=3&id=7", "/a?id=7"),
        ("/a?id=utm_source&q=%26fbclid%3D1", "/a?id=utm_source&q=%26fbclid%3D1"),
        ("/a?ref=home&source=feed&futm_source=1", "/a?futm_source=1&ref=home&source=feed"),
        ("/utm_source=1/a", "/utm_source=1/a"),
    ],
)
def test_what_only_tracks_makes_no_other_page(address: str, key: str) -> None:
    assert key_of("https://courier.example" + address) == "https://courier.example" + key


@pytest.mark.parametrize(
    "address", ["https://[news/story", "https://courier.example:99999999/a", "https://a:b:c/\ud800"]
)
def test_what_is_no_address_is_known_as_it_is_written(address: str) -> None:
    assert key_of(address) == address
