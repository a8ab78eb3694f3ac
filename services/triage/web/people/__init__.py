"""Who works at the desk and with which keys: the door, invitations, factors, the unit's keys."""
