"""Phần việc chung: tasks that several units carry out in parallel, under one name."""
