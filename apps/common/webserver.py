"""The command that starts the web processes."""

import sys

THREADS_PER_WORKER = 4


def web_command(*, application: str, host: str, port: int, workers: int) -> list[str]:
    options = {
        "--interface": "wsgi",
        "--http": "1",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": str(THREADS_PER_WORKER),
        "--respawn-interval": "0.5",
        "--workers-kill-timeout": "15",
        "--log-level": "error",  # and no access log: addresses of readers are not ours to keep
    }
    words = [word for option in options.items() for word in option]
    return [sys.executable, "-m", "granian", *words, "--respawn-failed-workers", application]
