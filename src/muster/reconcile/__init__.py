"""Local entities to Entities, statements to Incidents."""
