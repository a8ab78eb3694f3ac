"""What the desk decides without asking anybody: moves, clocks, urgency."""
