"""Words the cycle's templates need."""

from django import template

from taawun.cycle.tones import tone_of

register = template.Library()
register.filter("tone", tone_of)
