"""From marked texts to the weights of the tagger: `python -m training DATA` (or `make tagger DATA=DIR`)."""

import redaction  # noqa: F401 - it keeps ONNX Runtime from sending anything, and must come first
