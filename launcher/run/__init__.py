"""Starting Hearth's processes and keeping them going."""
