"""What a notice (通知) asks for: which papers, how many of each, on what medium, to whom, until when."""
