"""What offices do with many clusters: the summary table, and the recommendation that is handed to the office above."""
