"""Packages with plugins, laid out as an installer would, without one."""

from pathlib import Path

EXAMPLE = Path(__file__).parent / "licences"

GOOD = """
from finops_cli.plugin import AgentSpec, Plugin

def tool(source):
    def summary(period: str = "last-30d"):
        return None
    return summary

PLUGIN = Plugin(
    AgentSpec("carbon", "What the cloud emits.", "Answer.", ("carbon.summary",)),
    {"carbon.summary": tool},
    {"carbon.summary": ("carbon footprint",)},
)
"""


def install(folder: Path, package: str, entry: str, code: str = "") -> Path:
    """Lay a package out in a folder, as its installed files: metadata, and a module with its code.

    Args:
        folder: What is to be put on Python's path.
        package: The package's name.
        entry: What its entry point names, ``module:thing``.
        code: The module's code; no module is written where there is none.
    """
    metadata = folder / f"{package.replace('-', '_')}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    points = f"[console_scripts]\nx = x:y\n\n[finops.agents]\nit = {entry}\n"
    (metadata / "entry_points.txt").write_text(points)
    if code:
        (folder / f"{entry.partition(':')[0]}.py").write_text(code)
    return folder


def install_example(folder: Path) -> Path:
    """Lay out the metadata of the example package, whose code stays where it is."""
    return install(folder, "finops-licences", "finops_licences:PLUGIN")
