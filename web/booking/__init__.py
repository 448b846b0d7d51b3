"""The booking pages: plain forms that need neither scripts nor the assistant."""
