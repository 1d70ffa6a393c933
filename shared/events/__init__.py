"""The published language: every event that one service tells another."""
