"""The hash chain and the Merkle tree of the audit trail: pure arithmetic on bytes.

In:      events as mappings of texts and whole numbers.
Out:     canonical bytes, leaves, links and roots.
Rule:    one changed byte in any event changes every link after it.
Source:  RFC 9162 section 2.1 (leaf prefix 0x00, inner node prefix 0x01).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

from moothall.records.errors import NotCanonicalError

GENESIS = bytes(32)
"""The link before the first event."""


def canonical(event: Mapping[str, object]) -> bytes:
    """Write an event in the one way that it can be written.

    Raises
    ------
    NotCanonicalError
        If it holds a float or anything else that two computers may write differently.

    Examples
    --------
    >>> canonical({"b": 1, "a": "£"}).decode()
    '{"a":"£","b":1}'
    """
    _check_plain(event, "event")
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _check_plain(value: object, place: str) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _check_plain(inner, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            _check_plain(inner, f"{place}.{number}")
    elif value is not None and not isinstance(value, str | int):
        raise NotCanonicalError(place, type(value).__name__)


def leaf(event: bytes) -> bytes:
    """Return the digest of one event."""
    return hashlib.sha256(b"\x00" + event).digest()


def link(previous: bytes, event_leaf: bytes) -> bytes:
    """Return the link that ties one event to all before it."""
    return hashlib.sha256(previous + event_leaf).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root of a day's leaves; the root of none is the digest of nothing."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = merkle_root(leaves[:split]), merkle_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()
