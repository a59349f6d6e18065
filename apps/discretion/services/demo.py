"""x"""


def load(**_: object) -> None:
    """x"""
