"""Mã kiểm tra: the short code on a printed paper, by which anybody can ask whether it is in force."""
