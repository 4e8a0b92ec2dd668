"""Dates in every British form."""
