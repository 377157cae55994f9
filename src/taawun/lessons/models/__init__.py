"""Lessons, where else the same was seen, where they were cited and with what result."""

from taawun.lessons.models.citations import Answer, Citation, Result, SimilarSeen
from taawun.lessons.models.lessons import Lesson, Occurrence, Stage

__all__ = ["Answer", "Citation", "Lesson", "Occurrence", "Result", "SimilarSeen", "Stage"]
