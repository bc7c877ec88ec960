# What people type. Each target sees to what it needs first (tools/), so `make run` works on a bare machine.
.DEFAULT_GOAL := help
.PHONY: help run test test-slow bench bench-chat bench-desktop soak soak-desktop lint format screenshots translations package package-test clean ready

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run:  ## start the app; without a screen: simulated colleagues on a virtual one, and a screenshot
	@exec tools/run

test: ready  ## every gate, then every test
	@exec tools/test

test-slow: ready  ## the tests that take minutes
	@exec .venv/bin/python -m pytest -m slow --timeout 3600

bench: ready  ## the server against the reference stack and the machine's floor (needs gcc, node and npm)
	@.venv/bin/python -m tests.bench.server

bench-chat: ready  ## conversations: against the reference stack, searching a million messages, 100,000 on the screen
	@.venv/bin/python -m tests.bench.chat && .venv/bin/python -m tests.bench.chat_search
	@.venv/bin/python -m tests.bench.chat_view

bench-desktop: ready  ## start, memory and CPU beside psi-plus, dino, gajim, nheko and telegram; click to repaint
	@.venv/bin/python -m tests.bench.desktop

soak: ready  ## an hour of the server under load: its memory stays flat
	@.venv/bin/python -m tests.bench.soak

soak-desktop: ready  ## eight hours of use of the app in minutes: nothing of it grows
	@.venv/bin/python -m tests.bench.desktop_soak

lint: ready  ## the gates alone: format, lint, types, imports
	@exec tools/gates

format: ready  ## put the code into the one format, and mend what ruff can mend
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

screenshots: ready  ## a picture of every window and state, in out/screenshots
	@.venv/bin/python tools/screenshots.py

translations: ready  ## bring the translations up to date, compile them, and list what is missing
	@.venv/bin/python tools/translations.py

package:  ## installers of what this system can make, into dist/ (docs/packaging.md)
	@tools/system-packages window package
	@packaging/environment && .cache/package-venv/bin/python packaging/build.py

package-test: ready  ## two clean machines in namespaces: install, host, join, upgrade, uninstall (root, minutes)
	@tools/system-packages package-test
	@.venv/bin/python -m tests.packaging.two_machines

clean:  ## remove what was made here, the virtual environment too
	rm -rf .venv .cache .coverage build dist out tests/js/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready:
	@tools/system-packages window screenless tests
	@tools/environment test
