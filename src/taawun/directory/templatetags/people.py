"""How templates name the people behind accounts."""

from django import template

from taawun.directory.queries import name_of_user

register = template.Library()
register.filter("person", name_of_user)
