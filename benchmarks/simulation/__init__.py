"""Simulated organisations whose true scores are known, and what the scoring says about them."""
