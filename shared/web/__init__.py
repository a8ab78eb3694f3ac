"""The frame round every page: headers, languages, refusals, forms, limits, health."""
