"""What the corpus says: actors across documents, and the utterances that several documents carry."""
