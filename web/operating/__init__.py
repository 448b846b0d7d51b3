"""How the web process is watched: request ids and the log of requests, what is alive and ready, and figures for Prometheus."""
