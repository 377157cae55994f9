"""The look of the house: the list, the case and form pages, components, drawings, theme."""
