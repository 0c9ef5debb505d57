"""Pages of text as a recogniser gives them, made by hand: what stands where, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.documents import Interpretation, PlacedLine, interpret
from app.vocabulary import Alternative, Field, Point, Quad, TextLine, box_of

SURE = 0.999
LETTER = 0.8
"""Width of a Chinese character in line heights; Latin ones have half of it."""


@dataclass
class Paper:
    """A page that lines are put on, perhaps lying at an angle under the camera."""

    angle: float = 0.0
    lines: list[PlacedLine] = field(default_factory=list)

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        height: float = 20,
        doubts: Mapping[int, str] | None = None,
        score: float = SURE,
    ) -> Paper:
        """Put a line with its upper left corner at x, y.

        ``doubts`` gives, for a place in the text, what else was nearly read there.
        """
        widths = [height * LETTER * (0.5 if char.isascii() else 1.0) for char in text]
        total = sum(widths)
        middles = [sum(widths[:i]) + width / 2 for i, width in enumerate(widths)]
        corners = ((x, y), (x + total, y), (x + total, y + height), (x, y + height))
        p0, p1, p2, p3 = (self._turned(corner) for corner in corners)
        quad: Quad = (p0, p1, p2, p3)
        line = TextLine(
            quad,
            text,
            score,
            tuple(
                _candidates(char, (doubts or {}).get(i, ""), score) for i, char in enumerate(text)
            ),
            tuple(middle / total for middle in middles),
        )
        self.lines.append(PlacedLine(line, box_of(quad)))
        return self

    def read(self, kind: str | None = None) -> tuple[Interpretation, ...]:
        """Interpret the page."""
        return interpret(self.lines, kind)

    def fields(self, kind: str | None = None) -> dict[str, Field]:
        """Return the fields of the only document on the page."""
        (found,) = self.read(kind)
        return {each.name: each for each in found.fields}

    def values(self, kind: str | None = None) -> dict[str, str]:
        """Return the values of the only document on the page."""
        return {name: each.value for name, each in self.fields(kind).items()}

    def _turned(self, point: Point) -> Point:
        turn = math.radians(self.angle)
        x, y = point
        return x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)


def _candidates(char: str, others: Sequence[str], score: float) -> tuple[Alternative, ...]:
    if not others:
        return (Alternative(char, score),)
    share = 0.4 / len(others)
    return (Alternative(char, 0.6), *(Alternative(other, share) for other in others))


def id_front(
    paper: Paper,
    x: float = 0,
    y: float = 0,
    *,
    number: str = "110105199606156135",
    name: str = "李喆",
    birth: str = "1996年6月15日",
    sex: str = "男",
) -> Paper:
    """Print the front of an identity card, its labels in lines of their own."""
    paper.put("姓名", x + 30, y + 30).put(name, x + 90, y + 28, height=24)
    paper.put("性别", x + 30, y + 70).put(sex, x + 90, y + 70)
    paper.put("民族", x + 150, y + 70).put("汉", x + 200, y + 70)
    paper.put("出生", x + 30, y + 110).put(birth, x + 90, y + 110)
    paper.put("住址", x + 30, y + 150).put("北京市朝阳区建国路八十八", x + 90, y + 150)
    paper.put("号院1号楼201室", x + 90, y + 178)
    paper.put("公民身份号码", x + 30, y + 260)
    return paper.put(number, x + 150, y + 258, height=24)


def id_back(paper: Paper, x: float = 0, y: float = 0, *, period: str) -> Paper:
    """Print the back of an identity card."""
    paper.put("中华人民共和国", x + 180, y + 40, height=30).put(
        "居民身份证", x + 170, y + 90, height=40
    )
    paper.put("签发机关", x + 100, y + 210).put("北京市公安局朝阳分局", x + 190, y + 210)
    return paper.put("有效期限", x + 100, y + 250).put(period, x + 190, y + 250)
