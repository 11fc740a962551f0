"""Drawings in pure Python: data in, accessible SVG out; no Django, no database, no colours."""
