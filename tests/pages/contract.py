"""What every page must be: a test opens pages through `Visitor`, which checks each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from directory.config import LANGUAGES
from directory.web.languages import catalogue_path

BASE = "http://localhost:8000"
CONTROLS = ("input", "select", "textarea")
HANDLER = re.compile(r"on[a-z]+")
HEADING = re.compile(r"h[1-6]")
LOADING = {("script", "src"), ("img", "src"), ("use", "href"), ("form", "action")}
LINKED_DATA = "application/ld+json"
SHOWN_ATTRIBUTES = ("placeholder", "aria-label", "title", "alt")
# English texts that are words of German pages as well.
SAME_WORD = {"Solutions Partner", "Solutions Provider", "Team", "Website", "name", "set"}


@dataclass(frozen=True)
class Page:
    """A page as it was answered, parsed strictly."""

    status: int
    headers: dict[str, str]
    html: str
    root: Element

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element with that tag and those attributes; `cls` is one class of several."""
        cls = attributes.pop("cls", None)
        return [
            element
            for element in self.root.iter(tag)
            if all(
                element.get(name.replace("_", "-")) == value for name, value in attributes.items()
            )
            and (cls is None or cls in (element.get("class") or "").split())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (element,) = self.all(tag, **attributes)
        return element

    @property
    def language(self) -> str:
        return self.root.get("lang") or ""

    @property
    def heading(self) -> str:
        return text_of(self.one("h1"))

    @property
    def title(self) -> str:
        (title,) = self.one("head").iter("title")
        return text_of(title)

    @property
    def text(self) -> str:
        """All visible words with single spaces and without soft hyphens."""
        return text_of(self.one("body"))


class Visitor:
    """Opens pages as somebody without script, and checks each."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, path: str, *, status: int = 200) -> Page:
        """The page at `path`; fails if the status differs or the page is not sound."""
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        assert answer.mimetype == "text/html"
        page = parse(answer.status_code, dict(answer.headers), answer.get_data(as_text=True))
        check(page)
        return page


def parse(status: int, headers: dict[str, str], html: str) -> Page:
    """The page as a tree; invalid HTML fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root = parser.parse(html)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return Page(status, headers, html, root)


def text_of(element: Element) -> str:
    """The words in an element, single-spaced, without soft hyphens."""
    return " ".join("".join(element.itertext()).split()).replace("\u00ad", "")


def check(page: Page) -> None:
    """Everything that holds for each page."""
    for problem in (
        *_structure(page),
        *_targets(page),
        *_controls(page),
        *_policy(page),
        *_language(page),
        *_addresses(page),
    ):
        raise AssertionError(problem)


def _structure(page: Page) -> Iterator[str]:
    yield from (f"not one {tag}" for tag in ("h1", "main") if len(page.all(tag)) != 1)
    if not page.title or not page.one("meta", name="description").get("content"):
        yield "no title or description"
    if page.all("a", cls="skip")[0].get("href") != "#main":
        yield "no way past the head"
    yield from _headings(page)


def _headings(page: Page) -> Iterator[str]:
    before = 6
    for element in page.root.iter():
        if HEADING.fullmatch(str(element.tag)):
            level = int(element.tag[1])
            if level > before + 1:
                yield f"h{level} after h{before}: {text_of(element)}"
            before = level


def _targets(page: Page) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page.root.iter() if element.get("id"))
    yield from (f"id {name} {times} times" for name, times in ids.items() if times > 1)
    pointers = ("aria-labelledby", "aria-controls", "for", "popovertarget")
    for element in page.root.iter():
        for pointer in pointers:
            found = (element.get(pointer) or "").split()
            yield from (f"{pointer} leads to no {target}" for target in found if target not in ids)


def _controls(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label")}
    inside = {id(control) for label in page.all("label") for control in label.iter()}
    for control in (one for tag in CONTROLS for one in page.all(tag)):
        named = control.get("id") in labelled or id(control) in inside
        if control.get("type") != "hidden" and not named and not control.get("aria-label"):
            yield f"no label: {control.attrib}"
    for element in [*page.all("button"), *page.all("a"), *page.all("summary")]:
        if not text_of(element) and not element.get("aria-label"):
            yield f"no name: {element.tag} {element.attrib}"
    yield from (f"no alt: {image.attrib}" for image in page.all("img") if image.get("alt") is None)


def _policy(page: Page) -> Iterator[str]:
    scripts = [one for one in page.all("script") if one.get("type") != LINKED_DATA]
    if page.all("style") or any(text_of(script) for script in scripts):
        yield "inline style or script"
    for element in page.root.iter():
        for name, value in element.attrib.items():
            if name == "style" or HANDLER.fullmatch(name):
                yield f"inline {name}: {value}"
            if (element.tag, name) in LOADING and urlsplit(value).netloc:
                yield f"foreign host: {value}"
    for link in page.all("a"):
        foreign = urlsplit(link.get("href") or "").netloc
        if foreign and "nofollow" not in (link.get("rel") or ""):
            yield f"followed link to {foreign}"


def _language(page: Page) -> Iterator[str]:
    if page.language not in LANGUAGES:
        yield f"language {page.language!r}"
    if page.language == "de":
        shown = {" ".join(text.split()) for text in _texts(page)}
        yield from (f"not translated: {text}" for text in sorted(shown & _english_texts()))
    if re.search(r"%\(\w+\)", page.html):
        yield "a text without its values"


def _texts(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        # What stands in code is the same in every language.
        yield "" if element.tag == "code" else element.text or ""
        yield element.tail or ""
        yield from (element.get(name) or "" for name in SHOWN_ATTRIBUTES)


def _english_texts() -> set[str]:
    """Texts that a German page may not show, since there is another one in German."""
    with catalogue_path("de").open("rb") as file:
        catalogue = read_po(file, locale="de")
    plain = (one for one in catalogue if isinstance(one.id, str) and one.id)
    return {str(one.id) for one in plain if one.id != one.string} - SAME_WORD


def _addresses(page: Page) -> Iterator[str]:
    for sheet in (*page.all("link", rel="stylesheet"), *page.all("link", rel="preload")):
        if urlsplit(sheet.get("href") or "").netloc:
            yield f"foreign host: {sheet.attrib}"
    if page.status != 200:
        if not page.all("meta", name="robots", content="noindex"):
            yield "an error that may be indexed"
        return
    canonical = page.one("link", rel="canonical").get("href") or ""
    if not canonical.startswith(f"{BASE}/{page.language}/"):
        yield f"canonical {canonical}"
    twins = {link.get("hreflang"): link.get("href") for link in page.all("link", rel="alternate")}
    if set(twins) != {*LANGUAGES, "x-default"} or twins[page.language] != canonical:
        yield f"twins {twins}"
