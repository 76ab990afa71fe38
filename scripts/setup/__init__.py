"""What `make` does: from a bare Debian machine to a running network. Standard library only.

Read `bootstrap.py` first: it names the steps in order. One concern, one file.
"""
