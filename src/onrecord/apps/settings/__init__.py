"""What the service settles for itself while it runs: settings, lists of choices, texts. Written by administration."""
