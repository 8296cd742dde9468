"""What can go wrong that a user can mend."""

import errno

MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.EIO, errno.EROFS}
"""Errors of the machine: a full disk, too many open files, a broken disk."""


class VariorumError(Exception):
    """Something that can't be done. Its message is one line for the user that names the file or option at fault."""
