"""How the README's picture looks: a frame for Rich's SVG export, and its colours.

The frame names only fonts that machines have already: a picture in a README must not call home.
"""

Rgb = tuple[int, int, int]

ASPECT = 0.602
"""The width of a character over its height in the fonts named below."""

PAPER: Rgb = (22, 26, 31)
INK: Rgb = (218, 223, 229)
COLOURS: tuple[Rgb, ...] = (
    (62, 70, 80),
    (240, 128, 116),
    (126, 200, 142),
    (226, 190, 110),
    (92, 138, 190),
    (190, 150, 216),
    (112, 196, 206),
    (218, 223, 229),
)
"""Black, red, green, yellow, blue, magenta, cyan, white: soft enough to sit beside prose."""

_FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

FRAME = (
    """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<style>
.{unique_id}-matrix {{ font-family: FONTS; font-size: {char_height}px; }}
.{unique_id}-title {{ font-family: FONTS; font-size: 16px; opacity: 0.8; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""
).replace("FONTS", _FONTS)
