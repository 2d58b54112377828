"""Văn bản: what a paper says (sheets), how it is laid out (layouts), and who draws it (pdf)."""
