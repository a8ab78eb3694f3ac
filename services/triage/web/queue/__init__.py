"""The cases of a unit as a list: filters, saved views, dossiers, spreadsheets."""
