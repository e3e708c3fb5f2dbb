"""What is timed, against which peer; every figure stands beside the peer's of the same run."""
