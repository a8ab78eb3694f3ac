"""The desk: cases, units, clocks and people; never a story."""
