"""Seals: walls with no shadow, kept by their owner, and what may come out from behind them."""
