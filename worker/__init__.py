"""What runs beside the pages: sends messages out and notices when the assistant is silent."""
