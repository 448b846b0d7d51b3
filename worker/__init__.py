"""The worker process: it sends messages, makes reminders, deletes what has had its time, and notices when the assistant is silent."""
