"""A short label. Its words carry the meaning; its colour only helps the eye."""
