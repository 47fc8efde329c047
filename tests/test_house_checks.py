"""Would the house checks notice? Each takes a page that keeps the rules and breaks one of them."""

import pytest
from bs4 import BeautifulSoup

from tests.house_checks import complaints

GOOD = """<!doctype html>
<html lang="en-GB"><head><title>Brie – Piping Hot</title><link rel="stylesheet" href="/static/site.css"></head><body>
<h1>Brie</h1>
<form><label for="q">Can I eat …?</label><input id="q" name="q"><label>Sheet <select name="s"></select></label></form>
<div class="app-verdict app-verdict--avoid"><svg aria-hidden="true"></svg><h2>Do not eat this</h2></div>
<ul><li><span class="app-verdict-line app-verdict-line--ok">You can eat this if you wash it</span></li></ul>
<img src="/static/brie.png" alt=""><a href="/foods/feta">Feta</a><script src="/static/site.js"></script>
</body></html>"""

BREAKS = {
    "no language": ('lang="en-GB"', "", "say the language"),
    "two headings": ("<h1>Brie</h1>", "<h1>Brie</h1><h1>Feta</h1>", "exactly one h1"),
    "no heading": ("<h1>Brie</h1>", "", "exactly one h1"),
    "a title about something else": ("<title>Brie", "<title>Feta", "begin the title"),
    "an id twice": ("<h1>", '<h1 id="q">', "use the id 'q' once"),
    "a box without a label": ('for="q"', "", "give q a <label for>"),
    "a label without words": ("Can I eat …?", "", "give q a <label for>"),
    "a picture without words": ('alt=""', "", "an alt"),
    "a script in the page": (' src="/static/site.js">', ">alert(1)", "inline <script>"),
    "a style in the page": ("</head>", "<style>p{}</style></head>", "inline <style>"),
    "a style on an element": ("<h1>", '<h1 style="color:red">', "move the style="),
    "a script on an element": ("<h1>", '<h1 onclick="x()">', "move the onclick="),
    "a verdict in colour alone": ("Do not eat this", "", "say 'Do not eat this' in the avoid verdict"),
    "a verdict said for the ear alone": ("<h2>", '<h2 class="app-visually-hidden">', "say 'Do not eat this'"),
    "a verdict under the wrong mark": ("app-verdict--avoid", "app-verdict--ok", "say 'You can eat this'"),
    "a verdict without a mark": ("app-verdict--avoid", "", "one of the marks"),
    "a line without words": ("You can eat this if", "", "say 'You can eat this' in the ok verdict"),
    "a link without words": (">Feta<", "><", "give the link to /foods/feta words"),
    "a link to nowhere": (' href="/foods/feta"', "", "an address"),
    "the forbidden word": ("<h1>", "<p>Invalid date</p><h1>", 'never "invalid"'),
}


def test_a_good_page_is_left_in_peace() -> None:
    assert complaints(BeautifulSoup(GOOD, "html.parser")) == []


def test_a_form_that_failed_says_so_first_in_the_title() -> None:
    assert complaints(BeautifulSoup(GOOD.replace("<title>", "<title>Error: "), "html.parser")) == []


@pytest.mark.parametrize(("good", "bad", "sentence"), BREAKS.values(), ids=BREAKS)
def test_a_broken_rule_is_noticed(good: str, bad: str, sentence: str) -> None:
    assert good in GOOD
    found = complaints(BeautifulSoup(GOOD.replace(good, bad, 1), "html.parser"))
    assert len(found) == 1 and sentence in found[0]
