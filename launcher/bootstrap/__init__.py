"""The first step of ./hearth: the two environments and the page's parts. Standard library only, Python 3.8."""
