"""What at least two services need, and nothing that names one of them."""
