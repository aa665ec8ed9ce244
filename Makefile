# The commands of the README; each works on a fresh machine with Python >= 3.11 and make.
PYTHON ?= python3
PORT ?= 8000
SAMPLES ?= 1
BIN := .venv/bin

.PHONY: serve test check bench pictures requirements clean

serve: .venv/serve
	$(BIN)/directory serve --prepare --port $(PORT) $(if $(filter 0,$(SAMPLES)),--no-samples,--samples)

test: .venv/develop
	$(BIN)/python -m pytest

check: .venv/develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --quiet templates
	$(BIN)/python -m directory.web.translation_check
	$(BIN)/python -m pytest -n 0 tests/architecture

bench: .venv/develop
	$(BIN)/python -m tests.bench

pictures: .venv/develop
	$(BIN)/python -m tests.pictures

# Locks what pyproject.toml allows; needs uv.
requirements:
	$(LOCK) --extra server --group build -o requirements/serve.txt
	$(LOCK) --extra server --group build --group test --group check -o requirements/develop.txt

LOCK = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header

.venv/serve: requirements/serve.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/develop: requirements/develop.txt .venv/serve
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

clean:
	rm -rf .venv var search_index/current*
