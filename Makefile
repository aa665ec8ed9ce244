# The commands of the README; each works on a fresh machine with Python >= 3.11 and make.
PYTHON ?= python3
PORT ?= 8000
SAMPLES ?= 1
BIN := .venv/bin

.PHONY: serve test test-whoosh3 check bench pictures requirements clean

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

# The search on the other distribution of Whoosh, in an environment of its own: never both in one.
test-whoosh3: .venv-whoosh3/ready
	.venv-whoosh3/bin/python -m pytest tests/domain/test_search_*.py tests/jobs/test_kills.py \
		tests/search_quality

bench: .venv/bench
	$(BIN)/python -m tests.bench

pictures: .venv/develop
	$(BIN)/python -m tests.pictures

# Locks what pyproject.toml allows; needs uv.
requirements:
	$(LOCK) --extra server --group build -o requirements/serve.txt
	$(LOCK) --extra server --group build --group test --group check -o requirements/develop.txt
	$(LOCK) --group bench --constraints requirements/develop.txt -o requirements/bench.txt
	$(LOCK_THESE) requirements/whoosh3.in -o requirements/whoosh3.txt

LOCK_THESE = uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header
LOCK = $(LOCK_THESE) pyproject.toml

.venv/serve: requirements/serve.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/develop: requirements/develop.txt .venv/serve
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

.venv/bench: requirements/bench.txt .venv/develop
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

.venv-whoosh3/ready: requirements/develop.txt requirements/whoosh3.txt pyproject.toml
	test -x .venv-whoosh3/bin/python || $(PYTHON) -m venv .venv-whoosh3
	.venv-whoosh3/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	.venv-whoosh3/bin/python -m pip uninstall --quiet --yes whoosh-reloaded
	.venv-whoosh3/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements/whoosh3.txt
	touch $@

clean:
	rm -rf .venv .venv-whoosh3 var search_index/current*
