"""Can one network make us go out to the web without end?"""

from collections.abc import Callable
from unittest import mock

from flask import Flask
from flask.testing import FlaskClient

import recipes.fetch
from households.household import FROM_ONE_NETWORK
from recipes.fetch import NotThere


def test_one_network_sends_us_out_so_often_and_no_more(kept_app: Flask, browser_of: Callable[..., FlaskClient]) -> None:
    client, address = browser_of(), {"address": "https://recipes.example/stew", "way": "address"}
    with mock.patch.object(recipes.fetch, "fetch", side_effect=NotThere) as went_out:
        pages = [
            client.post("/recipes/check", data=address).get_data(as_text=True) for _ in range(FROM_ONE_NETWORK["fetch"] + 2)
        ]
    assert went_out.call_count == FROM_ONE_NETWORK["fetch"]
    assert "There is no page at this address." in pages[0]
    assert "We are reading many pages just now. Try again in a minute." in pages[-1]
    assert client.get("/foods?q=brie").status_code == 200, "checking a food goes on"
