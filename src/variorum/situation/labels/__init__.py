"""Labels: the words by which a document names actors and acts, in whose voice, and how they sound.

Bare names, titles with names, descriptions, appositions and what is said of somebody with "is" are labels, and so are
nouns for acts. The tone is read off words that published lists call judging, off words that keep a distance, and off
quotation marks around a title or description; titles of office, forms of address and trades are plain.
"""

from variorum.situation.labels.finding import labels_in, labels_of
from variorum.situation.labels.label import Label, Tone

__all__ = ["Label", "Tone", "labels_in", "labels_of"]
