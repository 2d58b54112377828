"""Meetings on a campaign: what needs attention on the day, what changed since the last one, and what was decided."""
