"""Office files are zip packages: what they would unpack to is checked before anything opens them."""

import io
import zipfile
import zlib

from muster.read.options import ReadOptions, Unreadable

# What libraries raise on damaged packages: python-docx and openpyxl document no errors of their own.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    NotImplementedError,
    SyntaxError,
    OSError,
    EOFError,
)
_RATIO_FROM_BYTES = 4 * 1024 * 1024
_MOST_MEMBERS = 20_000


def check_package(data: bytes, options: ReadOptions) -> None:
    """Raises Unreadable where a package is broken, locked, or unpacks to more than the limits.

    The sizes that it states can be believed: the zip reader stops where a member passes its own.

    Raises:
        Unreadable: "broken_file", "encrypted", "too_large", "suspicious_ratio".
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("encrypted", "The file is locked with a password.", "Save it without the password.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise Unreadable("broken_file", f"It cannot be opened: {error}.", "Ask its sender for it again.") from error
    if any(member.flag_bits & 0x1 for member in members):
        raise Unreadable("encrypted", "The file is locked with a password.", "Save it without the password.")
    total = sum(member.file_size for member in members)
    if total > options.max_unpacked_bytes or len(members) > _MOST_MEMBERS:
        raise Unreadable("too_large", f"It unpacks to {total} bytes.", "Save what matters of it as a file of its own.")
    for member in members:
        if member.file_size > _RATIO_FROM_BYTES and member.file_size > options.max_ratio * max(1, member.compress_size):
            raise Unreadable("suspicious_ratio", "A part of it unpacks to far more than its size.", "Save it anew.")
