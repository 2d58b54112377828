"""Dữ liệu cá nhân: what is kept of persons, how long, everything of oneself, requests to correct or delete."""
