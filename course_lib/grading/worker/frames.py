"""Trees over a stream of bytes: each frame is eight bytes of length and an encoded tree."""

import struct

from course_lib.grading.worker.messages import decode, encode

FRAME_LIMIT = 80 * 2**20  # bytes


def write_frame(write, tree):
    """Sends a tree through `write(bytes) -> count of bytes taken`, or None for all."""
    data = encode(tree)
    data = memoryview(struct.pack("<Q", len(data)) + data)
    while data:
        taken = write(data)
        data = data[len(data) if taken is None else taken :]


def read_frame(read):
    """Receives a tree through `read(count) -> bytes`; None at the end of the stream.

    Raises:
        ValueError: for a frame that is too long or not of ours.
    """

    def exactly(count):
        parts = []
        while count:
            part = read(min(count, 2**20))
            if not part:
                return None
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    head = exactly(8)
    if head is None:
        return None
    (size,) = struct.unpack("<Q", head)
    if size > FRAME_LIMIT:
        raise ValueError(f"A frame of {size} bytes is over the limit of {FRAME_LIMIT}.")
    data = exactly(size)
    return None if data is None else decode(data)


class FrameBuffer:
    """Collects the bytes of a stream as they come and hands out the frames that are complete.

    Example:
        >>> data = bytearray()
        >>> write_frame(data.extend, {"ready": True})
        >>> buffer = FrameBuffer()
        >>> list(buffer.feed(bytes(data[:10]))), list(buffer.feed(bytes(data[10:])))
        ([], [{'ready': True}])
    """

    def __init__(self):
        self._data = bytearray()

    def feed(self, data):
        """Adds bytes; yields the trees that are complete now.

        Raises:
            ValueError: at a frame that is too long or not of ours; the stream is of no more use then, but the
                frames before it count.
        """
        self._data += data
        while len(self._data) >= 8:
            (size,) = struct.unpack_from("<Q", self._data)
            if size > FRAME_LIMIT:
                raise ValueError(f"A frame of {size} bytes is over the limit of {FRAME_LIMIT}.")
            if len(self._data) < 8 + size:
                break
            frame = bytes(self._data[8 : 8 + size])
            del self._data[: 8 + size]
            yield decode(frame)
