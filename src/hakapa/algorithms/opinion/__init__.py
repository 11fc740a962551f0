"""The opinion map: where people agree, what divides them, and why (the Polis method)."""

from hakapa.algorithms.opinion.document import document_of, recompute, trail_document, trail_from
from hakapa.algorithms.opinion.drawing import draw, symbol
from hakapa.algorithms.opinion.explaining import explain
from hakapa.algorithms.opinion.mapping import map_given, map_opinions
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.opinion_map import OpinionMap
from hakapa.algorithms.opinion.parquet import write_parquet
from hakapa.algorithms.opinion.partitions import map_parts
from hakapa.algorithms.opinion.privacy import visible, visible_answers
from hakapa.algorithms.opinion.public import public_document
from hakapa.algorithms.opinion.reading import Conversation, read_conversation, read_votes
from hakapa.algorithms.opinion.routing import least_certain, next_statement
from hakapa.algorithms.opinion.running import RunningMap
from hakapa.algorithms.opinion.steadiness import Trail
from hakapa.algorithms.opinion.tabulating import as_html, page, table
from hakapa.algorithms.opinion.votes import Votes
from hakapa.algorithms.opinion.writing import write_api, write_metagov, write_polis

__all__ = [
    "Conversation",
    "Method",
    "OpinionMap",
    "RunningMap",
    "Trail",
    "Votes",
    "as_html",
    "document_of",
    "draw",
    "explain",
    "least_certain",
    "map_given",
    "map_opinions",
    "map_parts",
    "next_statement",
    "page",
    "public_document",
    "read_conversation",
    "read_votes",
    "recompute",
    "symbol",
    "table",
    "trail_document",
    "trail_from",
    "visible",
    "visible_answers",
    "write_api",
    "write_metagov",
    "write_parquet",
    "write_polis",
]
