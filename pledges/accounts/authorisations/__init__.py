"""Ủy quyền ký: who may sign in whose place, from when to when, by which paper."""
