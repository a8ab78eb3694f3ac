"""Official prices: by need, by search, and beside the question how much was asked."""
