"""The pages of letters and questions."""
