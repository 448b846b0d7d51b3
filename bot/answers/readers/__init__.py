"""Readers of the answers: one module a question, named as in data/criteria.yml, with one function of its name.

A reader gives a value; ASK_AGAIN where a text could mean two things; None where what was learned may still settle it.
"""
