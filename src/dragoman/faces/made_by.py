"""What makes readings here: the version of dragoman and the weights of its language model, as a case notes them beside each reading."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dragoman import language

_WEIGHTS = ("model.onnx", "relations.onnx", "relations.npz", "labels.json", "lemmas.json", "vocabulary.txt")


def made_by() -> str:
    """ "dragoman 0.1.0, weights 1f2e3d4c": the weights are told by the first letters of a hash over their files."""
    try:
        known = f"dragoman {version('dragoman')}"
    except PackageNotFoundError:
        known = "dragoman"
    return f"{known}, weights {weights()}"


def weights() -> str:
    """The first eight letters of the SHA-256 over the files of the language model; "none" where there are none."""
    found = hashlib.sha256()
    folder = Path(language.__path__[0]) / "weights"
    files = [path for name in _WEIGHTS if (path := folder / name).is_file()]
    for path in files:
        found.update(path.name.encode())
        with path.open("rb") as file:
            while portion := file.read(1 << 20):
                found.update(portion)
    return found.hexdigest()[:8] if files else "none"
