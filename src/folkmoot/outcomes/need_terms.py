"""A tree of need terms: which term is broader, who is responsible, and how alike two are.

In:        terms, each with at most one broader term, and the functions that answer for it.
Out:       ``Terms``; a table of likeness.
Source:    D. Lin, An information-theoretic definition of similarity, ICML 1998; every narrowest
           term is taken to be equally likely.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from folkmoot.outcomes.errors import TermError
from folkmoot.vocabulary.arrays import FloatMatrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Need terms with what is broader, and whose business they are."""

    broader: Mapping[str, str | None]
    """Every term, with the next broader one."""
    functions: Mapping[str, tuple[str, ...]]
    """Codes of functions of the register that answer for a term; none where nobody does."""

    def __post_init__(self) -> None:
        unknown = {one for one in self.broader.values() if one is not None} - self.broader.keys()
        if unknown:
            raise TermError(sorted(unknown), "no row of their own")
        circular = [term for term in self.broader if self._is_circular(term)]
        if circular:
            raise TermError(circular, "a broader term that is, in the end, narrower")

    def _is_circular(self, term: str) -> bool:
        seen, one = set[str](), self.broader[term]
        while one is not None and one not in seen:
            seen.add(one)
            one = self.broader[one]
        return term in seen

    def path(self, term: str) -> tuple[str, ...]:
        """A term and all that are broader, the narrowest first."""
        found, one = [term], self.broader[term]
        while one is not None:
            found.append(one)
            one = self.broader[one]
        return tuple(found)

    def answering(self, term: str) -> tuple[str, ...]:
        """Functions that answer for a term, or else for the next broader term that has any."""
        held = (self.functions.get(one, ()) for one in self.path(term))
        return next((found for found in held if found), ())

    def likeness(self, needs: Sequence[str]) -> FloatMatrix:
        """How alike needs are: twice what they share, over what each is.

        Returns
        -------
        array of shape (n_needs, n_needs)
            1 for the same term, 0 where two share no broader term.

        Examples
        --------
        >>> terms = Terms(broader={"body": None, "mind": None, "low mood": "mind",
        ...               "worry": "mind"}, functions={})
        >>> terms.likeness(["low mood", "worry", "body"]).round(3).tolist()
        [[1.0, 0.369, 0.0], [0.369, 1.0, 0.0], [0.0, 0.0, 1.0]]
        """
        paths = {need: self.path(need) for need in needs}
        told = self._information()
        found = np.eye(len(needs))
        for a, one in enumerate(needs):
            for b, other in enumerate(needs[:a]):
                shared = next((term for term in paths[one] if term in paths[other]), None)
                both = told[one] + told[other]
                if shared is not None:
                    found[a, b] = found[b, a] = 2.0 * told[shared] / both if both > 0 else 1.0
        return found

    def _information(self) -> dict[str, float]:
        """How much each term says: the less, the more of the narrowest terms are within it."""
        narrowest = set(self.broader) - {one for one in self.broader.values() if one is not None}
        within = dict.fromkeys(self.broader, 0)
        for leaf in narrowest:
            for term in self.path(leaf):
                within[term] += 1
        return {term: -log(count / len(narrowest)) for term, count in within.items()}
