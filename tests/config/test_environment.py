"""Every value that cannot be used stops the start with a sentence; every one that can be is understood."""

import stat

import pytest

from config import environment


@pytest.fixture
def refusal(capsys):
    """What a call says while it stops the start."""

    def refused(call) -> str:
        with pytest.raises(SystemExit) as stopped:
            call()
        said = capsys.readouterr().err
        assert (stopped.value.code, said.count("\n")) == (2, 1)
        return said.removeprefix("toikake: ").strip()

    return refused


def test_unset_and_empty_values_are_the_default(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    unset = environment.read(environment.env.int, "PORT", 8000)
    monkeypatch.setenv("PORT", "")
    empty = environment.read(environment.env.int, "PORT", 8000)

    assert (unset, empty) == (8000, 8000)


def test_unreadable_value_is_named(monkeypatch, refusal):
    monkeypatch.setenv("PORT", "eight")

    said = refusal(lambda: environment.read(environment.env.int, "PORT", 8000))

    assert said == "PORT cannot be used: Not a valid integer."


def test_data_folder_is_made_with_its_parents(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "a" / "問い かけ"))

    assert environment.data_dir(tmp_path / "var") == tmp_path / "a" / "問い かけ"
    assert (tmp_path / "a" / "問い かけ").is_dir()


def test_data_folder_that_cannot_be_made_is_refused(monkeypatch, tmp_path, refusal):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "var"))

    assert refusal(lambda: environment.data_dir(tmp_path)) == (
        f"DATA_DIR cannot be used: {tmp_path / 'file' / 'var'}: Not a directory."
    )


def test_secret_key_is_made_once_and_kept_to_oneself(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first, second = environment.secret_key(tmp_path), environment.secret_key(tmp_path)

    assert (first == second, len(first)) == (True, 64)
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize("left", [b"", b"\n", b"\xff\x00" * 40, "鍵".encode() * 40])
def test_key_file_that_a_crash_has_left_empty_or_torn_is_not_taken_for_a_key(monkeypatch, tmp_path, refusal, left):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret-key").write_bytes(left)

    said = refusal(lambda: environment.secret_key(tmp_path))

    assert said.startswith(f"SECRET_KEY is unset and {tmp_path / 'secret-key'} holds no key. Put back the key")
    assert (tmp_path / "secret-key").read_bytes() == left


@pytest.mark.parametrize("note", ["postgres", "postgres-home"])
def test_no_new_key_is_made_for_a_database_that_is_in_use(monkeypatch, tmp_path, refusal, note):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / note).touch()

    said = refusal(lambda: environment.secret_key(tmp_path))

    assert said.startswith(f"SECRET_KEY is unset and {tmp_path / 'secret-key'} is missing. Put back the key")
    assert not (tmp_path / "secret-key").exists()


def test_short_secret_key_is_refused(monkeypatch, tmp_path, refusal):
    monkeypatch.setenv("SECRET_KEY", "short")

    assert refusal(lambda: environment.secret_key(tmp_path)).startswith("SECRET_KEY is shorter than 32 characters")


@pytest.mark.parametrize(
    ("host", "given", "url"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8000"),
        ("0.0.0.0", "", "http://127.0.0.1:8000"),
        ("::1", "", "http://[::1]:8000"),
        ("::", "", "http://[::1]:8000"),
        ("127.0.0.1", "https://ask.example/", "https://ask.example"),
        ("127.0.0.1", "https://ask.example:8443", "https://ask.example:8443"),
    ],
)
def test_site_url_is_given_or_where_we_listen(monkeypatch, host, given, url):
    monkeypatch.setenv("SITE_URL", given)

    assert environment.site_url(host, 8000) == url


@pytest.mark.parametrize("url", ["ask.example", "ftp://ask.example", "https://a/path", "http://[::1", "http://a:port"])
def test_site_url_that_is_no_address_is_refused(monkeypatch, refusal, url):
    monkeypatch.setenv("SITE_URL", url)

    assert refusal(lambda: environment.site_url("127.0.0.1", 8000)) == (
        f"SITE_URL must be like https://example.org, not {url!r}."
    )


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("", ["ask.example", "127.0.0.1", "localhost", "[::1]"]),
        (" , ", ["ask.example", "127.0.0.1", "localhost", "[::1]"]),
        ("ask.example, www.example", ["ask.example", "www.example"]),
        (".example", [".example"]),
        ("*", ["*"]),
    ],
)
def test_allowed_hosts_are_the_public_name_and_this_machine_unless_given(monkeypatch, given, names):
    monkeypatch.setenv("ALLOWED_HOSTS", given)

    assert environment.allowed_hosts("ask.example") == names


def test_allowed_hosts_without_the_public_name_are_refused(monkeypatch, refusal):
    monkeypatch.setenv("ALLOWED_HOSTS", "www.example")

    said = refusal(lambda: environment.allowed_hosts(environment.host_of("http://[::1]:8000")))

    assert said == "ALLOWED_HOSTS must contain the host of SITE_URL, [::1]."


def test_database_is_read_with_everything_in_its_address():
    settings = environment.database("postgresql://me:p%40ss@db.example:5433/asks?sslmode=require")

    assert {name: settings[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")} == {
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
        "NAME": "asks",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "url",
    ["mysql://a:b@h/c", "sqlite:///file.db", "nonsense", "postgresql://", "postgresql://h:port/x", "postgres://h"],
)
def test_database_that_is_not_postgresql_is_refused(refusal, url):
    assert refusal(lambda: environment.database(url)).startswith("DATABASE_URL must name a PostgreSQL database (")


def test_mails_go_to_the_log_unless_a_server_is_named(monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    unset = environment.email()
    monkeypatch.setenv("EMAIL_URL", "smtp://me:secret@mail.example:587")
    given = environment.email()

    assert unset == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    assert (given["EMAIL_BACKEND"], given["EMAIL_HOST"], given["EMAIL_PORT"]) == (
        "django.core.mail.backends.smtp.EmailBackend",
        "mail.example",
        587,
    )


@pytest.mark.parametrize("url", ["mail.example", "pigeon://mail.example"])
def test_mail_server_of_an_unknown_kind_is_refused(monkeypatch, refusal, url):
    monkeypatch.setenv("EMAIL_URL", url)

    assert refusal(environment.email) == "EMAIL_URL must be like smtp://user:password@host:587."
