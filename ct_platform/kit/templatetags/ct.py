"""The library of every page, a template builtin: words, signs and components together."""

from django import template

from ct_platform.kit.templatetags import components, heads, signs, words

register = template.Library()
for part in (words, signs, components, heads):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
