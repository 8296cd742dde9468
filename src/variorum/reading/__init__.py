"""Files, feeds and archives into documents.

In the order in which a document passes through: ``sources`` (which files), ``opening`` (a file into items),
``formats`` (an item into text and hints), ``zones`` (what each stretch is), ``mending`` (broken words), ``metadata``
(clues), ``item`` (all of that for one item), and then, with the other documents and people's word known,
``furniture`` (lines that repeat) and ``settle`` (one answer for each field).
"""
