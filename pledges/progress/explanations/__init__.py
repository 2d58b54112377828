"""A leader's questions on one indicator, and the unit's answers."""
