# Needs Python 3.11 or newer, pip and make. Everything else is installed into .venv, pinned and hashed.
PYTHON ?= python3
BIN := .venv/bin
CATALOGUE := locale/ja/LC_MESSAGES/django.mo

# uv does not read pip's configuration; a mirror and a certificate that are set there are meant for it, too. Compiling at
# installation takes three seconds once and halves the start of every process, also where Python may not keep what it compiles.
OF_PIP = $$($(PYTHON) -m pip config list 2>/dev/null | sed -n "s/^global\.$(1)='\(.*\)'$$/\1/p")
INSTALL = mirror="$${PIP_INDEX_URL:-$(call OF_PIP,index-url)}"; \
	cert="$${SSL_CERT_FILE:-$${PIP_CERT:-$(call OF_PIP,cert)}}"; \
	env $${mirror:+UV_DEFAULT_INDEX="$$mirror"} $${cert:+SSL_CERT_FILE="$$cert"} \
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r

# As a public installation would set it: what `check` looks at must not depend on the caller's own site.
PUBLIC_SITE = env -u DATABASE_URL -u DEBUG SITE_URL=https://toikake.example ALLOWED_HOSTS=toikake.example \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')

.PHONY: run test check bench demo messages
.NOTPARALLEL:

run: .venv/base.stamp $(CATALOGUE)
	@exec $(BIN)/python manage.py serve

# Three at once: two cores, and those that drive a browser wait for a third of their time. A file stays in one process, for
# what it makes once; files go in their order, the slow ones first (tests/conftest.py). What Python compiles is kept,
# whatever the caller says: each process would compile all tests again, and each site that a test starts all of our code.
test: .venv/dev.stamp $(CATALOGUE)
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: .venv/dev.stamp $(CATALOGUE)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	$(PUBLIC_SITE) $(BIN)/python manage.py makemigrations --check --dry-run
	$(PUBLIC_SITE) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(PUBLIC_SITE) $(BIN)/python manage.py translations --check

bench: .venv/bench.stamp $(CATALOGUE)
	$(BIN)/python -m bench

demo: .venv/base.stamp
	$(BIN)/python manage.py simulate_readers one-founder-ai --readers 400 --seed 4 --compare

messages: .venv/base.stamp
	@$(BIN)/python manage.py translations --update
	@$(BIN)/python manage.py translations --compile

.venv/uv.stamp: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Toikake needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --quiet --python $(BIN)/python install --require-hashes -r requirements/uv.txt
	@touch $@

.venv/base.stamp: requirements/base.txt .venv/uv.stamp
	@$(INSTALL) requirements/base.txt
	@touch $@

# Contains all of base, so that neither target takes anything away from the other.
.venv/dev.stamp: requirements/dev.txt .venv/uv.stamp
	@$(INSTALL) requirements/dev.txt
	@touch $@ .venv/base.stamp

.venv/bench.stamp: requirements/bench.txt .venv/uv.stamp
	@$(INSTALL) requirements/bench.txt
	@touch $@ .venv/dev.stamp .venv/base.stamp

$(CATALOGUE): locale/ja/LC_MESSAGES/django.po
	@$(BIN)/python manage.py translations --compile
