# The commands for people who work on Igny8. Each sets up what it needs; there is nothing else to remember.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Two cargo or two npm commands at once only wait for each other, and the layers of `make test` have an order.
.NOTPARALLEL:

# One choice of packages and features for all that is run, so that `make run` and `make test` share what they compile:
# cargo picks the features of a library by the packages it is asked for. `custom-protocol` embeds the built UI, where
# a plain debug build would ask a development server for it.
CARGO_SET := --workspace --locked --features tauri/custom-protocol
# Naming a test makes `cargo build` choose features as `cargo test` does.
CARGO_BUILD := cargo build $(CARGO_SET) --test architecture

BIN := $(or $(CARGO_TARGET_DIR),target)/debug
UI_SOURCES := $(shell find ui -type f -not -path '*/node_modules/*' -not -path 'ui/dist/*' -not -path 'ui/tests/*' -not -path 'ui/test-results/*')

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
ifneq ($(DISPLAY)$(WAYLAND_DISPLAY),)
run: build-window ## Build and open the app; without a display, do its main job on the command line
	$(BIN)/igny8
else
run: build-command-line
	@echo "No display: running the same pipeline on the command line."
	$(BIN)/igny8ctl demo
endif

.PHONY: check
check: setup-window ui/node_modules/.installed ## Check what needs no running program: format, house rules, lints, types
	cargo fmt --all --check
	cargo test $(CARGO_SET) --test architecture
	cargo clippy --workspace --locked --all-targets -- -D warnings
	cargo clippy --workspace --locked --test e2e -- -D warnings
	npm --prefix ui run check

.PHONY: test
test: setup-tests check test-ui test-rust test-window ## Run every test, the fast layers first, the real window last
	@echo "All layers passed: static checks, user interface, Rust, real window."

# The real model says what it counted, or why it is not there, which a captured test would keep to itself.
REAL_MODEL := a_model_that_writes_nonsense
.PHONY: test-ui test-rust test-window
test-ui: ui/node_modules/.installed
	npm --prefix ui test
	npm --prefix ui run test:pages

test-rust: build-window tests/wordpress/node_modules/.installed tests/sdks/.venv/.installed tests/llm/.model/.tried
	cargo test $(CARGO_SET) --no-fail-fast -- --skip $(REAL_MODEL)
	cargo test $(CARGO_SET) --test llm -- --nocapture $(REAL_MODEL)

.PHONY: test-llm
test-llm: setup-tests build-command-line tests/llm/.model/.tried ## Run one real, small language model through the pipeline
	cargo test $(CARGO_SET) --test llm -- --nocapture

# Other seeds each day, and the same all day, so that what failed fails again.
SOAK_DAY := $(shell date +%Y%m%d)
.PHONY: soak
soak: build-command-line tests/wordpress/node_modules/.installed ## Do far more of what `make test` does a little of: histories, power cuts, kills, posts, ledgers
	IGNY8_SEEDS=5000 IGNY8_FIRST_SEED=$(SOAK_DAY)0000 cargo test $(CARGO_SET) --test simulation histories_keep
	IGNY8_POINTS=1 cargo test $(CARGO_SET) --test simulation every_pair -- --nocapture
	IGNY8_CUTS=10000 IGNY8_KILLS=500 IGNY8_DISK_SEED=$(SOAK_DAY) cargo test $(CARGO_SET) --test disk -- --nocapture
	IGNY8_POSTS=100 cargo test $(CARGO_SET) --test journeys hundred -- --nocapture
	IGNY8_LEDGER_OPERATIONS=10000000 IGNY8_LEDGER_SEED=$(SOAK_DAY) cargo test $(CARGO_SET) --lib long_histories -- --nocapture

# One package is enough, and leaves the window's libraries out of an optimised build. ONLY="P1 P8" measures some.
.PHONY: bench bench-window
bench: setup-build ## Measure the promises about speed and durability, into target/bench/report.json
	cargo bench --locked -p igny8-tests --bench goals -- $(ONLY)
	$(if $(ONLY),$(if $(filter P20,$(ONLY)),$(MAKE) bench-window),$(MAKE) bench-window)

# How soon the screen shows a commit, in the real window.
bench-window: build-window tests/wordpress/node_modules/.installed
	IGNY8_JUDGES=1 cargo test $(CARGO_SET) --test e2e -- live:: --nocapture

test-window: build-window tests/wordpress/node_modules/.installed
	cargo test $(CARGO_SET) --test e2e -- --test-threads=1

.PHONY: build-window build-command-line
build-window: setup-window ui/dist/index.html
	$(CARGO_BUILD) --bins

build-command-line: setup-build
	$(CARGO_BUILD) --bin igny8ctl

.PHONY: setup-build setup-window setup-tests
setup-build setup-window setup-tests: setup-%:
	@scripts/setup.sh $*

# A stamp inside node_modules: gone with it, and older than the lock file when that has changed. Not `npm ci`, which
# refuses a lock file without the optional packages of every other platform, and not every registry carries those;
# without saving, the locked versions are installed all the same.
%/node_modules/.installed: %/package-lock.json %/package.json
	npm install --no-save --prefix $*
	touch $@

# Whole or not at all: a folder that was left half made has no stamp, and is made anew.
tests/sdks/.venv/.installed: tests/sdks/requirements.txt
	rm -rf $(@D)
	python3 -m venv $(@D)
	$(@D)/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $<
	touch $@

tests/llm/.model/.tried: tests/llm/package-lock.json tests/llm/requirements.txt tests/sdks/.venv/.installed
	tests/llm/install.sh $(CURDIR)/tests/sdks/.venv/bin/python

ui/dist/index.html: ui/node_modules/.installed $(UI_SOURCES)
	npm --prefix ui run build
