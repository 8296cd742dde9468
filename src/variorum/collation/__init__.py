"""Documents against each other: copies, passages, variants, lineage and origins."""

from variorum.collation.comparing import collate
from variorum.collation.copying import copies
from variorum.collation.findings import Collation, Passage, Relation, Variant, Witness

__all__ = ["Collation", "Passage", "Relation", "Variant", "Witness", "collate", "copies"]
