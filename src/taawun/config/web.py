"""How gunicorn serves: `gunicorn --config python:taawun.config.web taawun.config.wsgi`.

Threads rather than plain workers, so that a slow reader holds up nobody.
"""

import json
import logging
import os
import socket
from pathlib import Path

from taawun.foundation.supervisor import die_with_parent

os.environ.setdefault("TAAWUN_POOL", "1")
bind = [f"127.0.0.1:{os.environ.get('PORT', '8000')}"]
workers = int(os.environ.get("TAAWUN_WORKERS", "2"))
threads = 8  # as many as the pool has connections
worker_class = "gthread"
preload_app = True
keepalive = 15
timeout = 60
graceful_timeout = 8
control_socket_disable = True  # it would lie in the home folder, one for every instance
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (gunicorn makes it safely)


def when_ready(server):
    """Before the first fork: what is wrong is said now, and the demo's sign-in links are written."""
    # Django may be imported only once gunicorn has loaded the application.
    from django.core.checks import ERROR, run_checks  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    found = [
        str(message) for message in run_checks() if message.is_serious(ERROR) and not message.is_silenced()
    ]
    if found:
        raise SystemExit("\n".join(["The system check found:", *found]))
    _take_only_speaking_connections(server)
    if wanted := os.environ.get("TAAWUN_LINKS"):
        try:
            _write_links(Path(wanted), os.environ["TAAWUN_BASE_URL"])
        except Exception:
            logging.getLogger("taawun").exception("The sign-in links could not be made.")
    connection.close()
    connection.close_pool()  # no connection, and no thread of a pool, is carried over a fork


def _take_only_speaking_connections(server):
    """Browsers open connections ahead of need: the kernel keeps each until something comes over it (Linux)."""
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        for listener in server.LISTENERS:
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, timeout)


def _write_links(target, base_url):
    from taawun.foundation.demo import sign_in_links  # noqa: PLC0415 (models are ready only now)

    target.write_text(json.dumps(list(sign_in_links(base_url))), encoding="utf-8")


def post_fork(server, worker):
    die_with_parent(15, server.pid)
