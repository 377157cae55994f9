"""The forms of a design: texts, and rows that work without a script."""
