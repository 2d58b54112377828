"""What those who answer for tasks did of them, over a span of days (NĐ 335/2025/NĐ-CP)."""
