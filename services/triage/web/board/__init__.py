"""What a supervisor looks at: figures that lead to the cases they count, a month on paper."""
