"""Templates as they are compiled: once for each language, with a quick way to escape.

A page shows hundreds of fixed texts, which are translated while its template is compiled and so
become part of what stands around them; and thousands of values, nearly all of them short texts
that stand on other pages too, or are markup already, of which `markupsafe.escape` makes new
objects each time.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

import flask.templating
import jinja2
from flask import Flask
from jinja2 import BaseLoader, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from directory.web.languages import catalogue, current

TEXTS_KEPT = 16_384
LONGEST_KEPT = 200
# Between a language and a template's name.
OF = ":"


def prepare(app: Flask) -> None:
    """Have the application compile templates so; before anything asks for its `jinja_env`."""
    app.jinja_environment = Environment  # type: ignore[assignment]  # a class of that kind


def shown(value: object) -> str:
    """What stands in a page of HTML for a value: the same as `escape` makes of it."""
    if type(value) is Markup:
        return value
    if type(value) is str and len(value) <= LONGEST_KEPT:
        return _kept(value)
    return escape(value)


_kept = lru_cache(maxsize=TEXTS_KEPT)(escape)


class QuickGenerator(CodeGenerator):
    """Compiles `{{ value }}` to a call of `shown` where the book has `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Translated(NodeTransformer):
    """Puts the text in a language where the source asks for a fixed one: `_("…")`."""

    def __init__(self, language: str, *, html: bool) -> None:
        self.texts = catalogue(language)
        self.kind: type[str] = Markup if html else str

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  (the visitor's own way)
        self.generic_visit(node)
        called, given = node.node, node.args
        if not isinstance(called, nodes.Name) or called.name != "_":
            return node
        if len(given) != 1 or not isinstance(given[0], nodes.Const):
            return node
        text = self.kind(self.texts.ugettext(given[0].value))
        if not node.kwargs:
            return nodes.Const(text % {}, lineno=node.lineno)
        values = [nodes.Pair(nodes.Const(one.key), one.value) for one in node.kwargs]
        return nodes.Mod(nodes.Const(text), nodes.Dict(values), lineno=node.lineno)


class PlainTemplate(Template):
    """A template that imports others without comparing all globals first: they are the same."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return self._module or super()._get_default_module(ctx)


class Environment(flask.templating.Environment):
    """Has each template once for each language, under the name `de:public/home.html`."""

    code_generator_class = QuickGenerator
    template_class = PlainTemplate
    shown = staticmethod(shown)

    def __init__(self, app: Flask, **options: Any) -> None:
        options.setdefault("loader", LanguageLoader(app.create_global_jinja_loader()))
        super().__init__(app, **options)

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  (Jinja's name)
    ) -> Template:
        """The template in the language of the one that names it, else in the request's."""
        if isinstance(name, Template) or OF in name:
            return super().get_template(name, None, globals)
        language = parent.partition(OF)[0] if parent else current()
        return super().get_template(f"{language}{OF}{name}", None, globals)

    def in_language(self, language: str, name: str) -> Template:
        """The template in a language, whatever the request's is; for mail."""
        return self.get_template(f"{language}{OF}{name}")

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        language, _of, _path = (name or "").partition(OF)
        if _of:
            Translated(language, html=self._escapes(name)).visit(source)
        return super()._generate(source, name, filename, defer_init)

    def _escapes(self, name: str | None) -> bool:
        return self.autoescape(name) if callable(self.autoescape) else self.autoescape


class LanguageLoader(BaseLoader):
    """Loads for all languages from the same sources."""

    def __init__(self, sources: BaseLoader) -> None:
        self.sources = sources

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The source of `de:public/home.html`, which is that of `public/home.html`."""
        return self.sources.get_source(environment, template.partition(OF)[2])

    def list_templates(self) -> list[str]:
        """The names without languages."""
        return self.sources.list_templates()
