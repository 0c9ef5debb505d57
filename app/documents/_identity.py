"""A citizen identity number against the birth date and the sex printed beside it."""

from __future__ import annotations

from dataclasses import replace

from app.documents import _dates, _id_number
from app.documents._correct import as_read, correct
from app.vocabulary import Field, Proof

_BIRTH_AT = (6, 7, 8, 9, 10, 11, 12, 13)
_SEX_AT = 16
_PARITY = {"男": "13579", "女": "02468"}

Fields = dict[str, Field]


def prove_identity(fields: Fields, number: str) -> Fields:
    """Prove the number called ``number``, ``birth_date`` and ``sex`` by each other."""
    proven = dict(fields)
    birth, sex = _dated(fields.get("birth_date")), _sexed(fields.get("sex"))
    if birth:
        proven["birth_date"] = birth
    if sex:
        proven["sex"] = sex
    if number not in fields or fields[number].proof is Proof.MISSING:
        return proven
    read = correct(fields[number], _id_number.holds, evidence=_evidence(birth, sex))
    proven[number] = read
    if not _id_number.holds(read.value):
        return proven
    # What the check put in place of a character is no reading of its own.
    seen = as_read(fields[number]).value if read.proof is not Proof.PROVEN else read.value
    is_proven = read.proof is Proof.PROVEN
    agreements = [
        _compared(proven, "birth_date", _id_number.birth_date(seen), is_proven),
        _compared(proven, "sex", _id_number.sex(seen), is_proven),
    ]
    if False in agreements:
        proven[number] = replace(read, proof=Proof.CONFLICT)
    elif agreements[0] is None and is_proven:
        # Without the printed date half of the digits have nothing but the check digit.
        proven[number] = replace(read, proof=Proof.READ)
    return proven


def _compared(fields: Fields, name: str, coded: str, is_proven: bool) -> bool | None:
    """Set the proof of a printed value; None where there is none to compare.

    A proven number may pick among the candidates of the printed value, as a check digit may.
    """
    printed = fields.get(name)
    if printed is None or printed.proof is Proof.MISSING:
        return None
    if printed.value != coded and is_proven:
        printed = correct(printed, lambda value: value == coded, evidence=dict(enumerate(coded)))
    agrees = printed.value == coded
    fields[name] = replace(printed, proof=Proof.CONFIRMED if agrees else Proof.CONFLICT)
    return agrees


def _dated(field: Field | None) -> Field | None:
    if field is None or field.proof is Proof.MISSING:
        return field
    field = as_read(field)
    return replace(field, proof=Proof.READ if _dates.iso(field.value) else Proof.CONFLICT)


def _sexed(field: Field | None) -> Field | None:
    if field is None or field.proof is Proof.MISSING:
        return field
    field = as_read(field)
    return replace(field, proof=Proof.READ if field.value in _PARITY else Proof.CONFLICT)


def _evidence(birth: Field | None, sex: Field | None) -> dict[int, str]:
    evidence: dict[int, str] = {}
    if birth is not None and birth.proof is Proof.READ:
        evidence.update(zip(_BIRTH_AT, birth.value.replace("-", ""), strict=True))
    if sex is not None and sex.proof is Proof.READ:
        evidence[_SEX_AT] = _PARITY[sex.value]
    return evidence
