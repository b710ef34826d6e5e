"""An example of gunicorn behind nginx: `gunicorn -c deploy/gunicorn.conf.py remit.config.wsgi`.

Never let browsers reach gunicorn without nginx in front: a few slow clients would hold all its threads.
"""

bind = "unix:/run/remit/gunicorn.sock"
worker_class = "gthread"
workers = 2
threads = 4
# Those who wait their turn in a rush wait here, up to this many at each worker, and up to `backlog` before them.
worker_connections = 2000
backlog = 2048
# nginx closes each connection after its answer.
keepalive = 0
timeout = 60
graceful_timeout = 30
# Nothing but nginx talks to it.
control_socket_disable = True
