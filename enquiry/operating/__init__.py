"""Log lines, counts and the heartbeat of a process: one shape in every process, and never a text that somebody typed."""
