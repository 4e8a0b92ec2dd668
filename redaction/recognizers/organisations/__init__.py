"""Organisations and premises that say where something happened."""
