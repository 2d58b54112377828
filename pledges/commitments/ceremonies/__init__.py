"""Lễ ký cam kết: a hall in which units sign on paper while a clerk ticks the roll."""
