"""Which format a file has: its content decides, not its name."""

from __future__ import annotations

HEAD = 1024
"""So many bytes tell; a PDF may begin that late (ISO 32000-1, annex H.3.4.1)."""

SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".tif", ".tiff", ".bmp", ".dib"}
    | {".webp", ".gif", ".pdf", ".pnm", ".pgm", ".ppm"}
)
"""Names that promise a picture; where the content breaks the promise, that is told."""

_SIGNATURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"P4", "PPM"),
    (b"P5", "PPM"),
    (b"P6", "PPM"),
)


def format_of(head: bytes) -> str | None:
    """Name the format, as Pillow calls it, or PDF; None for anything else."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name if name != "PPM" or head[2:3].isspace() else None
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    # Two letters are little; the header's size (4 bytes at 14) is one of the few that exist.
    if head.startswith(b"BM") and head[14:18] in _BITMAP_HEADERS:
        return "BMP"
    return "PDF" if b"%PDF-" in head[:HEAD] else None


_BITMAP_HEADERS = {size.to_bytes(4, "little") for size in (12, 16, 40, 52, 56, 64, 108, 124)}
