"""What people write: questionnaires, words, policies, organisations - frozen, checked, without pandas."""
