"""What is no date, age, person or quantity, whoever reads: the one table of vetoes, and how findings are held to it."""
