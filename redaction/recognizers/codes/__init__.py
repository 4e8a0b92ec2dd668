"""Codes that identify one person, case or thing."""
