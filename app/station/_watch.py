"""What looks at every frame of a camera and says which one is to be inspected."""

from __future__ import annotations

from abc import ABC, abstractmethod

from app.vocabulary import Bgr, Reading


class Watch(ABC):
    """``wants`` belongs to capturing, ``is_news`` to inspecting, ``rearm`` to anybody."""

    is_waiting = False
    """Whether nothing to inspect lies under the camera."""

    @abstractmethod
    def wants(
        self, bgr: Bgr, at: float = 0.0, *, has_room: bool = True, is_asked: bool = False
    ) -> bool:
        """Say whether this frame, taken ``at`` this second, is to be inspected.

        While there is no room for it, nothing is: the one before it must not be overtaken.
        """

    def is_news(
        self,
        bgr: Bgr,  # noqa: ARG002 - for those that look again
        readings: tuple[Reading, ...],  # noqa: ARG002 - for those that look again
        *,
        is_asked: bool = False,  # noqa: ARG002 - for those that look again
    ) -> bool:
        """Say whether what was read is worth telling, and remember it."""
        return True

    @abstractmethod
    def rearm(self) -> bool:
        """Ask for what lies there as if it had just come; say whether this watch would do so."""
