"""Tập dự phòng khi mất điện: what an office works by on paper until the machine is back."""
