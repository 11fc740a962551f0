"""Hakapå: from a shared challenge to something many use."""

__version__ = "0.1.0"
