"""What the numbers of an invoice say about each other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from app.documents import _credit_code, _dates
from app.documents._correct import as_read, correct
from app.documents._money import amount, from_words
from app.vocabulary import Field, Proof

HIGHEST_RATE = Decimal("0.2")
"""No VAT rate was ever higher than 17 %; a larger share means that two columns were mixed up."""

Fields = dict[str, Field]


def prove(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Prove tax numbers by their check character and the sums by each other."""
    proven = {field.name: _alone(field) for field in fields}
    proven = _prove_words(proven)
    proven = _prove_sum(proven)
    return tuple(proven[field.name] for field in fields)


def _alone(field: Field) -> Field:
    if field.proof is Proof.MISSING:
        return field
    if field.name.endswith("_tax_id"):
        is_former = _credit_code.is_former_number(field.value)
        return replace(field, proof=Proof.READ) if is_former else correct(field, _credit_code.holds)
    if field.name == "issue_date":
        return replace(field, proof=Proof.READ if _dates.iso(field.value) else Proof.CONFLICT)
    if field.name in ("invoice_code", "invoice_number") and field.corrected_from is None:
        return field  # two copies were compared where they were found
    if field.name in ("amount", "tax", "total", "total_in_words"):
        field = as_read(field)
    return replace(field, proof=Proof.READ)


def _prove_words(fields: Fields) -> Fields:
    """Compare the total in figures with the total in words."""
    total, words = fields.get("total"), fields.get("total_in_words")
    if total is None or words is None or Proof.MISSING in (total.proof, words.proof):
        return fields
    wanted = amount(total.value)
    if wanted is None:
        return fields | {"total": replace(total, proof=Proof.CONFLICT)}
    if from_words(words.value) != wanted:
        words = correct(words, lambda value: from_words(value) == wanted)
    agrees = from_words(words.value) == wanted
    proof = Proof.CONFIRMED if agrees else Proof.CONFLICT
    return fields | {
        "total": replace(total, proof=proof),
        "total_in_words": replace(words, proof=proof),
    }


def _prove_sum(fields: Fields) -> Fields:
    """Compare amount and tax with the total, which only the words can confirm before."""
    names = ("amount", "tax", "total")
    if any(fields.get(name, Field(name, "", Proof.MISSING)).value == "" for name in names):
        return fields
    net, tax, total = (amount(fields[name].value) for name in names)
    if net is None or tax is None or total is None:
        proof = Proof.CONFLICT
    elif net + tax == total and abs(tax) <= abs(net) * HIGHEST_RATE:
        # Without tax amount and total are the same figures: then they confirm nothing.
        proof = Proof.CONFIRMED if tax or fields["total"].proof is Proof.CONFIRMED else Proof.READ
    else:
        proof = Proof.CONFLICT
    return fields | {name: replace(fields[name], proof=proof) for name in names[:2]}
