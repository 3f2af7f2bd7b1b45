"""Typefaces: the office's names (仿宋_GB2312, 方正小标宋简体, …) to font files, widths and fallbacks."""
