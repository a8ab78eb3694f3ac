"""The figures: what a machine takes in, carries and shows, as ratios in one run."""
