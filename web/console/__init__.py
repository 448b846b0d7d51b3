"""The staff console: pages for the people who act on what enquirers said."""
