"""Judgement and arithmetic of pay: pure, values in, values out."""
