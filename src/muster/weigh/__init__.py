"""Origins, independence, agreement, contradiction."""
