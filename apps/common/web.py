"""What granian loads into each of its web processes: the application that the settings name."""

import signal

# A forked web process begins with its parent's handler, which does nothing here. Until granian has set its own, being
# asked to stop means to end at once; otherwise a stop during the start (imports take a while) waits out all its grace.
signal.signal(signal.SIGTERM, signal.SIG_DFL)

from django.core.servers.basehttp import get_internal_wsgi_application  # noqa: E402

application = get_internal_wsgi_application()
