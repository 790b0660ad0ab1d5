"""Every page with sample content, to be looked at: `python -m infra.preview [--shots]`.

Leaves HTML in `build/preview/`; with `--shots` also pictures at phone and desktop width, and says
what axe-core finds on each page.
"""

import sys
from pathlib import Path

from infra import assets
from infra.quality import tools
from tests.handlers.samples import all_pages

OUT = assets.ROOT / "build" / "preview"
WIDTHS = (360, 1280)


def write(folder: Path = OUT) -> list[Path]:
    """The pages as files that a browser opens from the disk, with the assets that were built."""
    from chalicelib.web.i18n import LANGUAGES
    from chalicelib.web.rendering import render

    folder.mkdir(parents=True, exist_ok=True)
    built = f'="{assets.BUILT.as_uri()}/'
    pages = list[Path]()
    for language in LANGUAGES:
        for name, (page, frame) in all_pages(language).items():
            file = folder / f"{name}.{language}.html"
            file.write_text(render(page, frame).replace('="/assets/', built))
            pages.append(file)
    return pages


def shoot(pages: list[Path], only: list[str]) -> int:
    """Takes the pictures; the number of axe-core's findings."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    findings = 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=tools.chromium(),
            args=[*tools.ARGUMENTS, "--allow-file-access-from-files"],
        )
        for width in WIDTHS:
            tab = browser.new_page(viewport={"width": width, "height": 900})
            for file in pages:
                if only and file.name.split(".")[0] not in only:
                    continue
                tab.goto(file.as_uri())
                tab.screenshot(path=file.with_suffix(f".{width}.png"), full_page=True)
                wide = tab.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    findings += 1
                    print(f"{file.name} at {width}: {wide} px wide")
                result = Axe().run(tab)
                for violation in result.response["violations"]:
                    findings += 1
                    nodes = [node["html"][:200] for node in violation["nodes"][:2]]
                    print(f"{file.name} at {width}: {violation['id']} {nodes}")
        browser.close()
    return findings


if __name__ == "__main__":
    assets.build()
    written = write()
    print(f"{len(written)} pages in {OUT}")
    if "--shots" in sys.argv:
        found = shoot(written, [a for a in sys.argv[1:] if not a.startswith("-")])
        print(f"{found} findings")
        sys.exit(found > 0)
