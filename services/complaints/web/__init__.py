"""The pages and the API that reporters meet."""
