"""What is printed besides the papers themselves: copies in one file, covers, instructions, the list of signatures."""
