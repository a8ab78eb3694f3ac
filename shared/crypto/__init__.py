"""The only home of cryptography: standards only, nothing invented (ADR and design: docs/)."""
