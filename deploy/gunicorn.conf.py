"""How does gunicorn run the app behind a proxy? `gunicorn --config deploy/gunicorn.conf.py "app:create_app()"`."""

import multiprocessing
import os

bind = os.environ.get("BIND", "unix:/run/piping-hot/piping-hot.sock")
# A week takes a process a few seconds of solving, so there is one more process than cores; threads wait for the database.
workers = int(os.environ.get("WORKERS") or multiprocessing.cpu_count() + 1)
worker_class = "gthread"
threads = 8
timeout = 60
# A file by which each process says that it is alive: in memory, since a container's root may be read-only.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
max_requests, max_requests_jitter = 10_000, 1_000
# The facts are read once and shared by all processes. The database is opened only when it is first asked, in each process.
preload_app = True
# Foods and links stand in addresses, the hospital in a cookie, so a line has none: time, method, status, bytes, seconds.
accesslog = "-"
access_log_format = "%(t)s %(m)s %(s)s %(B)s %(L)s"
errorlog = "-"
control_socket_disable = True
# Whom to believe is the app's business alone: its setting PROXIES says how many proxies stand in front.
secure_scheme_headers: dict[str, str] = {}
limit_request_line = 4_094
limit_request_fields = 60
