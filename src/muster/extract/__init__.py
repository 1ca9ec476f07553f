"""Reading to Statements: attribution, acts, roles, time, place, count, polarity, modality."""

from muster.extract.extractor import ExtractOptions, Extractor, load_extractor

__all__ = ["ExtractOptions", "Extractor", "load_extractor"]
