"""The faces of Hearth: the public chat, the staff console and the interfaces for machines."""
