"""How templates are compiled: unindented, with texts looked up once."""

from __future__ import annotations

from flask import Flask, render_template_string


def test_a_text_without_variables_is_said_in_the_language_of_each_page(app: Flask) -> None:
    source = "{{ _('Filters') }}"
    said = []
    for language in ("en", "de", "en"):
        with app.test_request_context(f"/{language}/"):
            said.append(render_template_string(source))
    assert said == ["Filters", "Filter", "Filters"]


def test_what_a_text_is_filled_with_is_escaped(app: Flask) -> None:
    with app.test_request_context("/en/"):
        shown = render_template_string("{{ _('Run by %(operator)s.', operator='<b>&') }}")
    assert shown == "Run by &lt;b&gt;&amp;."


def test_a_number_chooses_the_form_of_a_text(app: Flask) -> None:
    source = "{{ ngettext('%(count)s provider', '%(count)s providers', n, count=n) }}"
    with app.test_request_context("/en/"):
        shown = [render_template_string(source, n=n) for n in (1, 2)]
    assert shown == ["1 provider", "2 providers"]


def test_pages_are_sent_without_the_indentation_of_their_templates(app: Flask) -> None:
    page = app.test_client().get("/en/trust").text
    assert not [line for line in page.splitlines() if line.startswith("  ")]
    assert "<h1" in page
