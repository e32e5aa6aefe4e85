"""Why a backup cannot be taken or used, in a sentence for whoever sits before it."""


class BackupFault(Exception):
    """Nothing was changed."""
