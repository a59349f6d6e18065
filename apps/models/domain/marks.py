"""What a person wrote stands between marks of its own in a prompt, and cannot write such marks itself."""

import re

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\U000e0000-\U000e007f]")
_OPENS = re.compile(
    r"<(?=\s*/?\s*(?:answer|card|principle|prompt|response_a|response_b|s|bos|eos|pad|unk|system|user|assistant|start_of_turn|end_of_turn)\b|\||<SYS)",
    re.IGNORECASE,
)
_ROLES = re.compile(r"\[(?=\s*/?\s*(?:INST|SYS|SYSTEM|AVAILABLE_TOOLS|TOOL_CALLS)\b|\[)", re.IGNORECASE)


def defuse(text: str) -> str:
    """Return a person's text with everything that could end its marks or begin a turn made harmless."""
    plain = _INVISIBLE.sub("", text).replace("```", "'''")
    return _ROLES.sub("(", _OPENS.sub("\u2039", plain))
