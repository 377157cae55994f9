"""Reading what others publish: the gates, and what pages ask."""

from taawun.interchange.queries.gates import loads_visible_to, published_visible_to

__all__ = ["loads_visible_to", "published_visible_to"]
