"""Trông coi máy chủ: backups and their rehearsal, restoring, updating, repair, the administrator's page."""
