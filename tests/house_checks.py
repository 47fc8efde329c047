"""Does a page keep the house rules? Every page that a test opens goes through these, so quality is bought once."""

from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

HEADLINES = {
    "ok": ["You can eat this"],
    "cook": ["Only if cooked until steaming hot"],
    "recipe": ["Safe if you cook it", "Fine once cooked as it says"],
    "unknown": ["We do not know this", "We cannot tell"],
    "avoid": ["Do not eat this"],
}
"""kind of verdict -> how its headline may begin. A headline never stands under another kind's mark."""

NOT_SEEN = ".app-visually-hidden, .visually-hidden, [hidden], [aria-hidden=true]"


def words(tag: Tag) -> str:
    """What a person reads in an element, spaces evened out."""
    return " ".join(tag.get_text().split())


def seen_words(tag: Tag) -> str:
    """The words that are on the screen, so without those for a screen reader alone."""
    copy = BeautifulSoup(str(tag), "html.parser")
    for hidden in copy.select(NOT_SEEN):
        hidden.decompose()
    return words(copy)


def complaints(page: BeautifulSoup) -> list[str]:
    """What is wrong with a page, one sentence each, saying how to put it right."""
    return [
        *check_outline(page),
        *check_ids(page),
        *check_labels(page),
        *check_pictures(page),
        *check_inline(page),
        *check_verdicts(page),
        *check_links(page),
        *check_wording(page),
    ]


def check_outline(page: BeautifulSoup) -> Iterator[str]:
    if not (page.html and page.html.get("lang")):
        yield 'say the language: <html lang="en-GB">'
    headings = [words(h1) for h1 in page.select("h1")]
    if len(headings) != 1:
        yield f"give the page exactly one h1; it has {headings}"
    title = words(page.title).removeprefix("Error: ") if page.title else ""
    if headings and not title.startswith(headings[0]):
        yield f"begin the title {title!r} with the words of the h1, {headings[0]!r}"


def check_ids(page: BeautifulSoup) -> Iterator[str]:
    for name, count in Counter(tag["id"] for tag in page.select("[id]")).items():
        if count > 1:
            yield f"use the id {name!r} once; it stands {count} times"


def check_labels(page: BeautifulSoup) -> Iterator[str]:
    labelled = {label.get("for") for label in page.select("label[for]") if words(label)}
    for control in page.select("input:not([type=hidden], [type=submit]), select, textarea"):
        if control.get("id") not in labelled and not control.find_parent("label"):
            yield f"give {control.get('name') or control} a <label for> with words in it"


def check_pictures(page: BeautifulSoup) -> Iterator[str]:
    yield from (f'give {image} an alt, or alt="" if it only decorates' for image in page.select("img:not([alt])"))


def check_inline(page: BeautifulSoup) -> Iterator[str]:
    for tag in page.select("script:not([src]), style"):
        yield f"move the inline <{tag.name}> to a file in static/; the security policy stops it"
    for tag in page.find_all(True):
        for attribute in tag.attrs:
            if attribute == "style" or attribute.startswith("on"):
                yield f"move the {attribute}= of <{tag.name}> to a file in static/; the security policy stops it"


def check_verdicts(page: BeautifulSoup) -> Iterator[str]:
    for block in page.select(".app-verdict, .app-verdict-line"):
        kinds = [kind for kind in HEADLINES if {f"app-verdict--{kind}", f"app-verdict-line--{kind}"} & {*block["class"]}]
        said = seen_words(block)
        if len(kinds) != 1:
            yield f"give the verdict {said!r} one of the marks {list(HEADLINES)}; it has {kinds}"
        elif not any(headline in said for headline in HEADLINES[kinds[0]]):
            yield f"say {HEADLINES[kinds[0]][0]!r} in the {kinds[0]} verdict, in words that are seen; it says {said!r}"


def check_links(page: BeautifulSoup) -> Iterator[str]:
    for link in page.select("a"):
        if not link.get("href"):
            yield f"give the link {words(link)!r} an address"
        if not (words(link) or link.get("aria-label") or link.select("img[alt]:not([alt=''])")):
            yield f"give the link to {link.get('href')} words"


def check_wording(page: BeautifulSoup) -> Iterator[str]:
    if "invalid" in words(page).lower():
        yield 'say what to do, and never "invalid"'
