"""Documents that we design: lists, reports, covers, labels; made as the forms are, through Word."""
