"""Sites that may embed an inquiry, each as an exact origin: scheme, host, and a port where it is not the usual one."""

import re
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

LONGEST_ORIGIN = 255
MOST_ORIGINS = 50
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
USUAL_PORTS = {"https": 443, "http": 80}


class OriginRefused(Exception):
    """Says why, in a sentence for whoever typed it."""


def read_origin(line: str) -> str:
    """The origin as browsers name it: lower case, a name with other letters in its ASCII form, no usual port.

    Raises OriginRefused.
    """
    given = line.strip()
    if len(given) > LONGEST_ORIGIN or any(sign.isspace() for sign in given):
        raise OriginRefused(_("this is no address"))
    parts = split(given)
    if parts.scheme not in USUAL_PORTS:
        raise OriginRefused(_("it must begin with https://"))
    if parts.username is not None or parts.path not in {"", "/"} or "?" in given or "#" in given:
        raise OriginRefused(_("only the site without anything behind it, such as https://example.com"))
    host = read_host(parts)
    if parts.scheme == "http" and host not in LOCAL:
        raise OriginRefused(_("http:// is possible for localhost only; use https://"))
    port = read_port(parts)
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in {None, USUAL_PORTS[parts.scheme]} else "")


def split(given: str) -> SplitResult:
    try:
        return urlsplit(given)
    except ValueError as fault:
        raise OriginRefused(_("this is no address")) from fault


def read_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if host == "::1":
        return "[::1]"
    if "*" in host:
        raise OriginRefused(_("every site has to be named; * is not possible"))
    try:
        ascii_host = host.encode("idna").decode().lower() if host else ""
    except UnicodeError:
        ascii_host = ""
    labels = ascii_host.split(".")
    is_name = len(labels) > 1 or ascii_host in LOCAL
    if not is_name or not all(LABEL.fullmatch(label) for label in labels):
        raise OriginRefused(_("this is no name of a site"))
    return ascii_host


def read_port(parts: SplitResult) -> int | None:
    try:
        port = parts.port
    except ValueError as fault:
        raise OriginRefused(_("the port must be a number from 1 to 65535")) from fault
    if port == 0 or parts.netloc.endswith(":"):
        raise OriginRefused(_("the port must be a number from 1 to 65535"))
    return port
