"""Room: consultations. What members are asked before anything is decided, what they said, and what came of it."""
