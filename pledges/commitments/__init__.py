"""Commitments: what was pledged, signed, and superseded."""
