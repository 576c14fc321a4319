"""Buckets as small blobs, and seals that tell a damaged one from a whole one.

Disks fail, and files are copied while they change. SQLite notices a broken page, not a changed
figure; a seal does.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from finops_cli.sources.aws.cache.buckets import Bucket, Key, Span, Texts

KEYS = "keys"
COLUMN = "column "
_SPEED = 1  # of zlib: five times as quick as its default, and amounts take 7 % more


@dataclass(frozen=True, slots=True)
class Packed:
    """A bucket as its blobs: ``KEYS``, and ``COLUMN`` with a name for each column."""

    span: Span
    parts: dict[str, bytes]


def pack(bucket: Bucket) -> Packed:
    """Return a bucket as blobs.

    Raises:
        ValueError: Its keys are not of one length, or a column has not one text for each.
    """
    parts = {KEYS: _packed_keys(bucket.keys)}
    for name, texts in bucket.columns.items():
        if len(texts) != len(bucket.keys):
            raise ValueError(f"{len(texts)} texts of {name} for {len(bucket.keys)} keys")
        parts[COLUMN + name] = _packed(list(texts))
    return Packed(bucket.span, parts)


def digest(*parts: object) -> str:
    """Return a name for texts, numbers and None that nothing else has."""
    return blake2b(ascii(parts).encode(), digest_size=16).hexdigest()


def seal(head: str, part: str, packed: bytes) -> str:
    """Return the seal of a blob: of its bytes, what it is, and what it belongs to."""
    return blake2b(packed, digest_size=16, key=digest(head, part).encode()).hexdigest()


def unpack_texts(packed: bytes) -> Texts:
    """Return the texts of a blob; whatever they held comes back as it was."""
    return tuple(json.loads(zlib.decompress(packed)))


def unpack_keys(packed: bytes, known: dict[Key, Key]) -> tuple[Key, ...]:
    """Return the keys of a blob.

    Args:
        packed: The blob.
        known: Keys seen before, and after: a key of many days takes its memory once.
    """
    count, *dimensions = json.loads(zlib.decompress(packed))
    keys = zip(*dimensions, strict=True) if dimensions else iter([()] * count)
    return tuple([known.setdefault(key, key) for key in keys])


def _packed_keys(keys: Sequence[Key]) -> bytes:
    # One dimension after the other: alike texts pack better.
    return _packed([len(keys), *map(list, zip(*keys, strict=True))])


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), _SPEED)
