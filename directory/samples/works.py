"""Pictures of the samples' work: plain drawings of screens, in the colours of a client's house."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from directory.samples.shapes import Area, Point, box, disc, stroke

# A drawing is so wide and high.
WIDTH, HEIGHT = 160.0, 100.0
PICTURES = 3
# Ground, panel, pale and quiet lines, dark, two accents.
INKS = (
    ("#f3f1ec", "#ffffff", "#e7e3da", "#b8b1a3", "#12343b", "#0b5c74", "#b93a0e"),
    ("#e4f0f3", "#ffffff", "#dbe7ea", "#9db4bb", "#1c2b33", "#1f6b3a", "#d08a1c"),
    ("#fdf0d2", "#fffdf7", "#f3e6c4", "#c4b07a", "#3d3009", "#8a4b0f", "#0b5c74"),
    ("#eceaf4", "#ffffff", "#e0dcee", "#aaa3c6", "#241a3d", "#6b4fa0", "#b93a0e"),
    ("#e9f1ea", "#ffffff", "#dce8de", "#9fb8a4", "#163020", "#1f6b3a", "#6b4fa0"),
)
GROUND, PANEL, PALE, QUIET, DARK, FIRST, SECOND = range(7)

Drawing = list[Area]
Texts = dict[str, str]


def site(chance: Random) -> Drawing:
    """The home page of a website: a head, a large picture, three parts below."""
    parts = [box(0, 0, WIDTH, 11, PANEL), box(8, 4, 18, 3.5, DARK)]
    parts += [box(96 + 18 * at, 4.5, 12, 2.5, QUIET) for at in range(3)]
    parts += [box(8, 18, 78, 8, DARK), box(8, 29, 62, 3, QUIET), box(8, 34, 54, 3, QUIET)]
    parts += [box(8, 42, 24, 7, SECOND), box(94, 17, 58, 36, PALE)]
    ridge = chance.uniform(26, 34)
    parts += [Area(((94, 53), (112, ridge), (128, 46), (138, ridge + 6), (152, 53)), FIRST)]
    parts += [disc((142, 25), 4, SECOND)]
    for at in range(3):
        left = 8 + 49 * at
        parts += [box(left, 60, 46, 34, PANEL), box(left + 5, 66, 22, 3.5, DARK)]
        parts += [box(left + 5, 74 + 5 * line, chance.uniform(26, 36), 2, QUIET) for line in (0, 1)]
    return parts


def pipeline(chance: Random) -> Drawing:
    """A sales pipeline: columns of cards that grow fewer to the right."""
    parts: Drawing = []
    for column in range(4):
        left = 8 + 37 * column
        parts += [box(left, 8, 33, 84, PALE), box(left, 8, 33, 2, (FIRST, SECOND)[column == 3])]
        parts += [box(left + 4, 14, 16, 3, DARK)]
        for card in range(max(1, 4 - column + chance.choice((-1, 0)))):
            top = 21 + 17.5 * card
            parts += [box(left + 3, top, 27, 15, PANEL), box(left + 6, top + 3.5, 18, 2.5, DARK)]
            parts += [box(left + 6, top + 8.5, chance.uniform(8, 15), 2, QUIET)]
            parts += [disc((left + 26, top + 10.5), 2, FIRST)]
    return parts


def report(chance: Random) -> Drawing:
    """A report: figures above, a line over bars below, the side for names."""
    parts = [box(0, 0, 32, HEIGHT, DARK)]
    parts += [box(6, 10 + 10 * row, chance.uniform(12, 20), 2.5, QUIET) for row in range(6)]
    for at in range(3):
        left = 40 + 39 * at
        parts += [box(left, 8, 35, 24, PANEL), box(left + 4, 13, 14, 2, QUIET)]
        parts += [box(left + 4, 19, chance.uniform(16, 26), 6, (FIRST, FIRST, SECOND)[at])]
    parts += [box(40, 38, 113, 54, PANEL)]
    heights = [chance.uniform(10, 24) + 2 * at for at in range(9)]
    line: list[Point] = []
    for at, height in enumerate(heights):
        parts += [box(47 + 11.5 * at, 86 - height, 6.5, height, PALE)]
        line += [(50 + 11.5 * at, 80 - height)]
    return parts + stroke(line, 1.4, SECOND)


def journey(chance: Random) -> Drawing:
    """A campaign as a flow: steps that follow one another and part once."""
    tops, parts = (42.0, 18.0, 66.0), list[Area]()
    parts += stroke([(32, 50), (60, 50)], 1, QUIET)
    for top in tops[1:]:
        parts += stroke([(76, 50), (76, top + 8), (92, top + 8), (120, top + 8)], 1, QUIET)
    steps = [(10.0, 42.0, FIRST), (54.0, 42.0, PANEL), (90.0, 18.0, PANEL), (90.0, 66.0, PANEL)]
    for left, top, ink in [*steps, (126.0, 18.0, FIRST), (126.0, 66.0, SECOND)]:
        wide = 26.0 if left > 100 else 28.0
        bright = ink == PANEL
        parts += [box(left, top, wide, 16, ink)]
        parts += [box(left + 4, top + 4.5, chance.uniform(11, 17), 2.5, DARK if bright else PANEL)]
        parts += [box(left + 4, top + 9.5, chance.uniform(8, 15), 2, QUIET if bright else PALE)]
    return parts


def tickets(chance: Random) -> Drawing:
    """A help desk: a list of questions, one of them open beside it."""
    parts = [box(8, 8, 56, 84, PANEL), box(70, 8, 82, 84, PANEL)]
    chosen = chance.randrange(5)
    for row in range(5):
        top = 12 + 16 * row
        if row == chosen:
            parts += [box(8, top - 3, 56, 15, PALE), box(8, top - 3, 1.8, 15, FIRST)]
        parts += [disc((16, top + 4), 3, (FIRST, SECOND)[row == 2])]
        parts += [box(23, top + 1, chance.uniform(22, 34), 2.5, DARK)]
        parts += [box(23, top + 6.5, chance.uniform(14, 28), 2, QUIET)]
    parts += [box(76, 15, 40, 4, DARK), box(76, 23, 22, 2, QUIET)]
    parts += [box(76, 32, 52, 18, PALE), box(96, 56, 50, 14, FIRST)]
    parts += [box(80, 36 + 4.5 * line, 44 - 12 * line, 2, QUIET) for line in range(3)]
    parts += [box(100, 60 + 4.5 * line, 40 - 12 * line, 2, PALE) for line in range(2)]
    return [*parts, box(76, 78, 70, 8, PALE), box(134, 79.5, 10, 5, SECOND)]


# What a screen is of: the services that it fits, how it is drawn, what stands below it.
KINDS: tuple[tuple[tuple[str, ...], Callable[[Random], Drawing], tuple[Texts, ...]], ...] = (
    (
        ("website", "ecommerce", "ux", "content", "branding", "seo", "accessibility", "app"),
        site,
        (
            {"de": "Website eines Maschinenbauers", "en": "Website of a machine builder"},
            {"de": "Neuer Auftritt einer Klinik", "en": "New site of a hospital"},
            {"de": "Händlerportal einer Molkerei", "en": "Dealer portal of a dairy"},
        ),
    ),
    (
        ("crm", "sales", "account", "outbound", "revenue", "onboarding", "data"),
        pipeline,
        (
            {"de": "Pipeline für drei Vertriebsgebiete", "en": "Pipeline for three territories"},
            {"de": "Angebotsweg eines Pumpenherstellers", "en": "Quotes of a pump maker"},
            {"de": "Übergabe vom Marketing an den Vertrieb", "en": "Handover to sales"},
        ),
    ),
    (
        ("reporting", "systems", "custom", "it", "conversion", "paid", "revenue"),
        report,
        (
            {"de": "Monatsbericht der Geschäftsführung", "en": "Monthly report to the board"},
            {"de": "Umsatz nach Herkunft der Anfragen", "en": "Revenue by source of enquiries"},
            {"de": "Auslastung eines Servicetrupps", "en": "Workload of a service crew"},
        ),
    ),
    (
        ("marketing", "email", "inbound", "social", "automation", "event"),
        journey,
        (
            {"de": "Wiedergewinnung ruhender Kunden", "en": "Winning back dormant customers"},
            {"de": "Einladungen zu einer Hausmesse", "en": "Invitations to an open house"},
        ),
    ),
    (
        ("help", "customer", "live", "support", "knowledge", "training"),
        tickets,
        (
            {"de": "Kundendienst mit vier Postfächern", "en": "Service desk with four inboxes"},
            {"de": "Rückfragen zu Bestellungen", "en": "Questions about orders"},
        ),
    ),
)


def named(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The pictures of an organisation's row as an import names them."""
    return [
        {"file": f"works/{row['external_id']}-{number}.png", "caption": dict(caption)}
        for number, (_draw, caption) in enumerate(_chosen(row))
    ]


def drawing(row: Mapping[str, Any], number: int) -> tuple[Sequence[str], Drawing]:
    """Colours and shapes of one of them, the first is 0, on a plane of WIDTH by HEIGHT."""
    chance = Random(f"{row['external_id']} work {number}")
    inks = INKS[(sum(map(ord, row["external_id"])) + number) % len(INKS)]
    draw, _caption = _chosen(row)[number]
    return inks, [box(0, 0, WIDTH, HEIGHT, GROUND), *draw(chance)]


def _chosen(row: Mapping[str, Any]) -> list[tuple[Callable[[Random], Drawing], Texts]]:
    """Which screens suit its services, the main ones first, and what is said of each."""
    chance = Random(f"{row['external_id']} works")
    fitting = {
        at: place
        for place, service in reversed(list(enumerate(row["services"])))
        for at, (beginnings, _draw, _texts) in enumerate(KINDS)
        if service.startswith(beginnings)
    }
    order = sorted(fitting, key=lambda at: (fitting[at], at))[:PICTURES]
    return [(KINDS[at][1], chance.choice(KINDS[at][2])) for at in order]
