# Thôn điện tử: six verbs. `make help` lists them.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out

.DEFAULT_GOAL := help
.PHONY: help run test check bench build setup setup-dev clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: setup ## open the app as a trial point; without a display, play a real visit and leave out/
	@.ci/start $(OUT)

test: setup-dev ## all tests (TESTS=… for some of them)
	$(BIN)/python -X utf8 -m pytest $(or $(TESTS),tests) -q -n $(or $(JOBS),2) --dist loadfile

check: setup-dev ## style, types (plain and as on Windows), imports, forms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32
	$(BIN)/lint-imports
	$(BIN)/hamlet-forms check assets/procedures/*/form.md assets/guides/*/guide.toml

bench: setup-dev ## our figures beside a floor measured in the same run, as ratios
	$(BIN)/python -X utf8 -m tests.bench

build: setup-dev ## a folder that runs without Python (dist/hamlet-kiosk)
	$(BIN)/pip install --quiet --editable '.[build]'
	$(BIN)/pyinstaller --noconfirm build.spec

setup:
	@PYTHON=$(PYTHON) .ci/setup

setup-dev:
	@PYTHON=$(PYTHON) .ci/setup dev

clean: ## throw away what can be made again
	rm -rf build dist out *.egg-info
