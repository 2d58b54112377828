"""Trông coi máy chủ: backups and their rehearsal, restoring, updating, repair at the start, the administrator's page."""
