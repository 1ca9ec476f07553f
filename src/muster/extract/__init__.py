"""Reading to Statements: attribution, acts, roles, time, place, count, polarity, modality."""
