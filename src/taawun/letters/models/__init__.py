"""What passes between organisations on paper, as each registers it."""

from taawun.letters.models.letter import Direction, Letter, Register

__all__ = ["Direction", "Letter", "Register"]
