"""How a name is written: a word of one, an initial, a particle, and all of them together."""

from __future__ import annotations

_CAPITALISED = r"(?:[OÓD]['’]|Mc|Mac|Fitz|[Aa]l-|[Ee]l-)?\p{Lu}[\p{Ll}\p{M}]+(?:['’-]\p{Lu}?[\p{L}\p{M}]+){0,4}"
_IN_CAPITALS = r"\p{Lu}\p{Lu}++(?!\p{Ll}{2})(?:['’-]\p{Lu}+){0,4}"
_CAMEL = r"\p{Lu}\p{Ll}\p{Lu}\p{Ll}+"
NAME_WORD = rf"(?:{_CAPITALISED}|{_IN_CAPITALS}|{_CAMEL})"
"""A word as names are made of: "Trewhella", "O'Dwyer", "TREWHELLA", "DeVito"."""

_PARTICLE = (
    r"(?:ap|ab|ferch|de|da|do|dos|del|della|di|van|von|der|den|la|le|du|bin|bint|ibn|al|el|ul|ur|Ó|Ní|Mac|Mc|Nic|Uí)"
)
PARTICLES = rf"(?:{_PARTICLE}[ ]){{0,2}}"
"""What may come before a word of a name: "van der"."""

_INITIAL = r"\p{Lu}\.?(?:-\p{Lu}\.)?"
_FURTHER = rf"(?:[ ](?:{_INITIAL}[ ]){{0,2}}{PARTICLES}{NAME_WORD}){{0,3}}"
PERSON = rf"(?:{_INITIAL}[ ]?){{0,3}}{PARTICLES}{NAME_WORD}{_FURTHER}(?:[ ]\p{{Lu}}(?![\p{{L}}\p{{N}}'’]))?"
"""A name as it may be written where something announces it."""
