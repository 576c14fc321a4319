"""Texts as small blobs, and seals that tell a damaged one from a whole one.

Half of a cache is read from disks that fail and files that are copied while they change. SQLite
notices a broken page, not a changed figure; a seal does.
"""

import json
import zlib
from collections.abc import Sequence
from hashlib import blake2b

from finops_cli.sources.aws.buckets import Key, Texts

_SPEED = 1  # of zlib: five times as quick as its default, and a fifth larger


def digest(*parts: object) -> str:
    """Return a name for texts, numbers and None that nothing else has."""
    return blake2b(ascii(parts).encode(), digest_size=16).hexdigest()


def seal(head: str, part: str, packed: bytes) -> str:
    """Return the seal of a blob: of its bytes, what it is, and what it belongs to."""
    return blake2b(packed, digest_size=16, key=digest(head, part).encode()).hexdigest()


def pack_texts(texts: Sequence[str | None]) -> bytes:
    """Return texts as a blob; whatever they hold comes back as it was."""
    return _packed(list(texts))


def unpack_texts(packed: bytes) -> Texts:
    """Return the texts of a blob."""
    return tuple(json.loads(zlib.decompress(packed)))


def pack_keys(keys: Sequence[Key]) -> bytes:
    """Return keys as a blob, one dimension after the other: alike texts pack better.

    Raises:
        ValueError: The keys are not of one length.
    """
    return _packed([len(keys), *map(list, zip(*keys, strict=True))])


def unpack_keys(packed: bytes, known: dict[Key, Key]) -> tuple[Key, ...]:
    """Return the keys of a blob.

    Args:
        packed: The blob.
        known: Keys seen before, and after: a key of many days takes its memory once.
    """
    count, *dimensions = json.loads(zlib.decompress(packed))
    keys = zip(*dimensions, strict=True) if dimensions else iter([()] * count)
    return tuple([known.setdefault(key, key) for key in keys])


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), _SPEED)
