"""Dated exceptions of one unit from a period: more time after the lock, or no report at all."""
