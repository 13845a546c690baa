"""What the core's measures are called on a page."""

from moothall.pages.frame.figures import geography_name

_WORDS = {
    "objective": "F, the whole score",
    "coterminosity": "Crossing existing boundaries (part of F)",
    "inertia": "Sprawl: how far people live from the middle of their area",
    "need_dissimilarity": "Unlike needs within one area",
    "self_containment": "Workers who live and work in the same area",
    "polsby_popper": "Compactness of outlines, 1 for a circle",
    "cut_border_km": "Borders between areas, kilometres",
    "areas": "Areas",
    "population_min": "People in the smallest area",
    "population_max": "People in the largest area",
    "people_out_of_bounds": "People in areas too small or too large",
}


def measure_name(measure: str) -> str:
    """Return the words for a measure; one that is not listed keeps its own.

    >>> measure_name("objective"), measure_name("v_measure")
    ('F, the whole score', 'V measure')
    """
    return _WORDS.get(measure, geography_name(measure))
