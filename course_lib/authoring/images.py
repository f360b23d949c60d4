"""Small images: a notebook is read over slow lines and kept in version control."""

import base64
import io

LARGEST_BYTES = 80_000


def smaller_png(data: bytes) -> bytes:
    """The same picture with a palette of at most 256 colours, when that is smaller.

    Args:
        data: a PNG file.

    Returns:
        a PNG file of the same width and height, never larger than `data`.

    Example:
        >>> from PIL import Image
        >>> file = io.BytesIO()
        >>> Image.effect_noise((64, 64), 40).convert("RGBA").save(file, format="PNG")
        >>> len(smaller_png(file.getvalue())) < len(file.getvalue())
        True
    """
    from PIL import Image

    image = Image.open(io.BytesIO(data))
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    best = data
    for colours in (256, 128, 64):
        if image.mode not in ("RGB", "RGBA"):
            break
        file = io.BytesIO()
        image.quantize(colours, method=method, dither=Image.Dither.NONE).save(
            file, format="PNG", optimize=True
        )
        best = min(best, file.getvalue(), key=len)
        if len(best) <= LARGEST_BYTES:
            break
    return best


def shrink_images(notebook) -> None:
    """Shrinks every PNG among the outputs of a notebook, in place.

    Args:
        notebook: an nbformat notebook.

    Example:
        >>> import nbformat.v4 as v4
        >>> shrink_images(v4.new_notebook(cells=[v4.new_markdown_cell("# Attention")]))
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                small = smaller_png(base64.b64decode(data["image/png"]))
                data["image/png"] = base64.b64encode(small).decode("ascii")
