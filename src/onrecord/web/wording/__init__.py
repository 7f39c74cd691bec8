"""How dates, numbers and coded values read to a person."""
