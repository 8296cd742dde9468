"""The edition: one SQLite file.

``file`` opens it, ``writing`` and ``decisions`` change it, ``reading``, ``listing``, ``search`` and ``checking`` look
into it; ``coding`` packs what is kept as blobs.
"""
