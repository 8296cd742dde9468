"""What can go wrong that a user can mend."""


class VariorumError(Exception):
    """Something that can't be done. Its message is one line for the user that names the file or option at fault."""
