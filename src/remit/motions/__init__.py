"""Room: motions. What members are asked, who may vote, how they voted, and what it came to."""
