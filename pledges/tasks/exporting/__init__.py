"""Xuất danh mục ra Excel: the list of tasks and the empty template, as the import reads them."""
