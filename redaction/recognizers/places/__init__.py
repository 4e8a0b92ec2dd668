"""Places: towns and areas, streets, addresses, postcodes."""
