"""Theo dõi máy chủ: an id for each request, a line for it in the log, slow statements, errors, figures.

Knows no feature. Nothing personal is written: an account is a number, a page is its endpoint, a statement has no
values. What fails here fails no request.
"""
