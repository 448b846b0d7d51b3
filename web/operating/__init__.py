"""Operating the web process: request ids, the access log, health, readiness and figures."""
