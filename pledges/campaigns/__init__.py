"""Campaigns: when, why, and for what."""
