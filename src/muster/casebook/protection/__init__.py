"""Protection: the record without the names of those whom a reader could harm."""

from muster.casebook.protection.protect import Left, Protected, Protection, left_to_tell, protect

__all__ = ["Left", "Protected", "Protection", "left_to_tell", "protect"]
