"""Score answers: one statistic per file, pure; every number that needs answers, variances or draws."""
