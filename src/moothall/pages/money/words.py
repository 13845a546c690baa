"""What the core's ways of weighing need are called on a page."""

_WORDS = {
    "registered": "Need of the patients registered with practices in the area.",
    "resident": "Need of the people who live in the area.",
    "counted": "Need, counted in people.",
    "by_population": "Population alone: the data hold no need for this stream.",
}


def basis_words(basis: str) -> str:
    """Return the sentence for a basis of need; one that is not listed keeps its own word.

    >>> basis_words("counted"), basis_words("by_lot")
    ('Need, counted in people.', 'by_lot')
    """
    return _WORDS.get(basis, basis)
