"""Native decoders keep off standard error: what matters comes back as an error with a sentence."""

from __future__ import annotations

import ctypes
import logging
import os

from PIL import _imaging


def silence_pillow() -> None:
    """Take away the handlers that print: libtiff's, and Python's for a logger that has none."""
    logging.getLogger("PIL").addHandler(logging.NullHandler())
    # Found through the module that is linked against it: a wheel has its own copy of libtiff.
    library = ctypes.CDLL(_imaging.__file__)
    for name in ("TIFFSetErrorHandler", "TIFFSetWarningHandler"):
        setter = getattr(library, name, None)
        if setter is not None:
            setter.argtypes = [ctypes.c_void_p]
            setter.restype = ctypes.c_void_p
            setter(None)


def silence_video() -> None:
    """Quieten OpenCV and its FFmpeg, which would print the password of a stream's address."""
    import cv2

    # Read when the first video is opened: -8 is AV_LOG_QUIET.
    os.environ["OPENCV_FFMPEG_LOGLEVEL"] = "-8"
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
