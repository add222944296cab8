"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("shared machine", deadline=None)  # a busy machine is slow, which is no fault of the code
settings.load_profile("shared machine")
