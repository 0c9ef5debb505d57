"""Invented holders of travel documents from many states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._layout import TODAY
from app.toolchain.specimens._mrz import Holder
from app.toolchain.specimens._people import years_on


@dataclass(frozen=True, slots=True)
class State:
    """A state and what its documents say on top."""

    code: str
    title: str
    people: str
    """Which names its people have."""


STATES = (
    State("UTO", "UTOPIA", "latin"),
    State("UTO", "REPUBLIC OF UTOPIA", "latin"),
    State("CHN", "中华人民共和国 PEOPLE'S REPUBLIC OF CHINA", "chinese"),
    State("CHN", "中华人民共和国 PEOPLE'S REPUBLIC OF CHINA", "chinese"),
    State("D<<", "BUNDESREPUBLIK DEUTSCHLAND", "german"),
    State("FRA", "RÉPUBLIQUE FRANÇAISE", "french"),
    State("GBR", "UNITED KINGDOM OF GREAT BRITAIN", "latin"),
    State("USA", "UNITED STATES OF AMERICA", "latin"),
    State("ESP", "REINO DE ESPAÑA", "spanish"),
    State("ITA", "REPUBBLICA ITALIANA", "spanish"),
    State("NLD", "KONINKRIJK DER NEDERLANDEN", "german"),
    State("POL", "RZECZPOSPOLITA POLSKA", "slavic"),
    State("CZE", "ČESKÁ REPUBLIKA", "slavic"),
    State("HRV", "REPUBLIKA HRVATSKA", "slavic"),
    State("SWE", "KONUNGARIKET SVERIGE", "nordic"),
    State("NOR", "KONGERIKET NORGE", "nordic"),
    State("CHE", "SCHWEIZERISCHE EIDGENOSSENSCHAFT", "german"),
    State("CAN", "CANADA", "french"),
    State("AUS", "AUSTRALIA", "latin"),
    State("KOR", "REPUBLIC OF KOREA", "korean"),
    State("JPN", "JAPAN", "japanese"),
    State("SGP", "REPUBLIC OF SINGAPORE", "chinese"),
    State("MYS", "MALAYSIA", "malay"),
    State("IDN", "REPUBLIK INDONESIA", "malay"),
    State("THA", "THAILAND", "malay"),
    State("VNM", "VIỆT NAM", "viet"),
    State("IND", "REPUBLIC OF INDIA", "indian"),
    State("BRA", "REPÚBLICA FEDERATIVA DO BRASIL", "spanish"),
    State("EGY", "EGYPT", "arab"),
    State("TUR", "TÜRKİYE CUMHURİYETİ", "turkish"),
    State("ZAF", "SOUTH AFRICA", "latin"),
    State("NGA", "FEDERAL REPUBLIC OF NIGERIA", "african"),
    State("KEN", "JAMHURI YA KENYA", "african"),
)

_NAMES: dict[str, tuple[str, str]] = {
    "latin": (
        "ERIKSSON SMITH JONES TAYLOR O'CONNOR WALKER KNIGHT QUINN MCDONALD SMITH-JONES ZIMMER",
        "ANNA MARIA JOHN PETER ELIZABETH WILLIAM OLIVIA JAMES ZOE BENJAMIN QUENTIN XAVIER IVY",
    ),
    "german": (
        "MÜLLER SCHMIDT WEISS GRÖßER JÄGER KÖHLER VAN_DEN_BERG DE_VRIES MUSTERMANN HUBER BÖHM",
        "ERIKA HANS-PETER JÜRGEN SABINE LENA WOLFGANG BÄRBEL JOHANNES LUKAS GRETA",
    ),
    "french": (
        "DUPONT LEFÈVRE MARTIN D'ARC BEAUMONT DE_LA_FONTAINE BOUCHARD TREMBLAY GARÇON",
        "JEAN-PIERRE MARIE CAMILLE RENÉ HÉLÈNE LÉA ÉTIENNE CHLOÉ GUILLAUME AURÉLIE",
    ),
    "spanish": (
        "GARCÍA_LÓPEZ ESPAÑOLA NÚÑEZ FERNÁNDEZ ROSSI BIANCHI DA_SILVA SANTOS CONTI MUÑOZ",
        "CARMEN JOSÉ MARÍA_DEL_MAR ÁLVARO GIULIA MARCO LUÍS INÉS SOFÍA JOÃO",
    ),
    "slavic": (
        "NOVÁK HORVAT KOWALSKI DVOŘÁK ŽIŽKA WIŚNIEWSKA KOVAČEVIĆ ŁUKASIK SPECIMEN",
        "JAN PETR ANA ZOFIA WOJCIECH JIŘÍ ŠÁRKA IVANA TOMASZ VZOR",
    ),
    "nordic": (
        "ÅKESSON HANSEN JØRGENSEN SÆTHER LINDSTRÖM BERG ØSTBY SJÖBERG",
        "ASTRID BJÖRN INGRID OLE SØREN KÅRE ELIN MÅRTEN",
    ),
    "chinese": (
        "ZHANG WANG LI CHEN OUYANG ZHUGE XIE QIU LYU HUANG XU NG TAN",
        "WEI XIAOMING JING ZIXUAN YUE QIANG JIANGUO LEI XUEQIN YI WENBO YIFAN",
    ),
    "korean": (
        "KIM LEE PARK CHOI JUNG KANG HWANGBO",
        "MINJUN SEOYEON JIHOON HYUNWOO SU_JIN EUN_JI",
    ),
    "japanese": ("SATO SUZUKI TAKAHASHI ITO GAIMU KOBAYASHI", "SAKURA HIROSHI YUKI KENICHI AOI"),
    "malay": (
        "BIN_ABDULLAH BINTI_ISMAIL WIJAYA SUKARNO SRISAI CHAIYASIT",
        "AHMAD SITI BUDI PUTRI SOMCHAI",
    ),
    "viet": ("NGUYỄN TRẦN LÊ PHẠM", "VĂN_HÙNG THỊ_MAI MINH_ANH QUỐC_BẢO"),
    "indian": (
        "SHARMA PATEL KRISHNAMURTHY SINGH RAMASWAMY",
        "PRIYA RAHUL VENKATESH ANANYA JASPREET",
    ),
    "arab": ("MABROUK AL-SAYED EL-SHERIF HASSAN", "ALAAELDIN_ISMAIL_MOHAMED FATIMA OMAR YASMIN"),
    "turkish": ("YILMAZ ÇELİK ŞAHİN ÖZTÜRK GÜNEŞ", "MEHMET AYŞE ÖMER ZEYNEP UĞUR"),
    "african": ("OKONKWO ADEYEMI OTIENO KAMAU MWANGI", "CHINEDU AMARA WANJIRU KWAME NGOZI"),
}


def holder(dice: Dice, code: str, state: State, number_length: int) -> Holder:
    """Invent the holder of a document of one state."""
    surnames, givens = _NAMES[state.people]
    given = dice.some(givens.split(), 1 if dice.chance(0.55) else 2)
    if dice.chance(0.03):
        given = dice.some(givens.split(), 5)
    birth = dice.day(date(1940, 1, 1), date(2022, 1, 1))
    until = years_on(TODAY, 10) if birth.year < 2008 else years_on(TODAY, 5)
    nationality = state.code if dice.chance(0.9) else dice.pick(STATES).code
    return Holder(
        code=code,
        state=state.code,
        surname=dice.pick(surnames.split()).replace("_", " "),
        given=" ".join(given).replace("_", " "),
        number=_number(dice, number_length),
        nationality=nationality,
        birth=birth,
        sex=dice.pick("MF" * 12 + "X"),
        expiry=dice.day(date(2025, 6, 1), until),
        optional=_optional(dice),
    )


def _number(dice: Dice, length: int) -> str:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    shape = dice.pick(("9", "L9", "L9", "LL9", "mixed", "short"))
    if shape == "mixed":
        return "".join(dice.pick("0123456789CFGHJKLMNPRTVWXYZ") for _ in range(length))
    if shape == "short":
        length -= dice.whole(1, 2)
    lead = "".join(dice.pick(letters) for _ in range(shape.count("L")))
    return lead + dice.digits(length - len(lead))


def _optional(dice: Dice) -> str:
    if dice.chance(0.55):
        return ""
    return dice.pick((dice.digits(6), dice.digits(9), f"ZE{dice.digits(6)}B", dice.digits(7)))
