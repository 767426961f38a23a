"""What the benchmarks conclude from, where a mistake would make a claim of ours false."""
