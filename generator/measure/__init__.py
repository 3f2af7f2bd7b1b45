"""Fonts, widths and line breaking: what the fitting of forms and the typesetter both stand on."""
