"""What people do to evaluate an operation and to answer what is recommended."""

from taawun.evaluation.actions.answering import answer_recommendation
from taawun.evaluation.actions.naming import name_evaluator
from taawun.evaluation.actions.writing import Findings, save_evaluation, texts_of

__all__ = ["Findings", "answer_recommendation", "name_evaluator", "save_evaluation", "texts_of"]
