"""How the API gives long lists: some at a time, within numbers the database can hold."""

from ninja import Field
from ninja.pagination import LimitOffsetPagination
from ninja.schema import Schema

MOST_AT_ONCE = 500
FURTHEST = 1_000_000_000


class BoundedPagination(LimitOffsetPagination):
    """So many from a place on; numbers beyond every list are answered as not understood."""

    class Input(Schema):
        limit: int = Field(100, ge=1, le=MOST_AT_ONCE)
        offset: int = Field(0, ge=0, le=FURTHEST)
