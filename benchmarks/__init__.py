"""How fast, against what one would use otherwise: `python -m benchmarks` measures every ratio in one run and prints one table."""
