"""The wall that keeps 65-byte commitments: it can read none of them and lose none unseen."""
