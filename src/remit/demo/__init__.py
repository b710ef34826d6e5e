"""Room: the demo nation, invented and loaded through the same actions as anyone would use."""
