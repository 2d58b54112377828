"""Sheets: frozen records of everything a paper says. Nothing is looked up when a sheet is drawn."""
