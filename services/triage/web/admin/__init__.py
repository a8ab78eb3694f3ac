"""What the desk is set up with: rules, units, people, languages."""
