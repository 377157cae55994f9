"""What passes between organisations: letters, as each registers them, and the questions parties ask one another."""

from taawun.letters.models.letter import Direction, Letter, Register
from taawun.letters.models.question import Question, QuestionState

__all__ = ["Direction", "Letter", "Question", "QuestionState", "Register"]
