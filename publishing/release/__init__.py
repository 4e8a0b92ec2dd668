"""From approved reviews to a published site, and back down: build, gate, swap, withdrawal."""
