"""A network camera: GStreamer's RTSP server sending live H.264, ``rtsp_camera.py PORT COLOUR``.

Runs under the system's Python, which has GStreamer's bindings; tells its port on standard output.
"""

from __future__ import annotations

import sys

import gi  # type: ignore[import-not-found]

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # type: ignore[import-not-found]  # noqa: E402

PIPELINE = (
    "( videotestsrc is-live=true pattern={colour} ! video/x-raw,width=320,height=240,framerate=50/1"
    " ! openh264enc gop-size=10 ! rtph264pay name=pay0 pt=96 config-interval=1 )"
)


def main(port: str, colour: str) -> None:
    """Serve ``rtsp://127.0.0.1:PORT/camera`` until killed."""
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(PIPELINE.format(colour=colour))
    factory.set_shared(True)
    server.get_mount_points().add_factory("/camera", factory)
    server.attach(None)
    sys.stdout.write(f"{server.get_bound_port()}\n")
    sys.stdout.flush()
    GLib.MainLoop().run()


if __name__ == "__main__":
    main(*sys.argv[1:3])
