"""The keyboard alone: where the focus is, whether one sees it, and whether one gets on."""

from playwright.sync_api import Page

# What is wrong with the place where the focus is now; empty where all is well.
LOOK = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return 'the focus is nowhere';
  const name = at.outerHTML.slice(0, 80);
  const box = at.getBoundingClientRect();
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  if (right - left < 1 || bottom - top < 1) return `out of sight: ${name}`;
  const hits = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) =>
    document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)));
  const frame = at.closest('.choice, .scale-point') ?? at;
  if (!hits.some((hit) => hit && (frame.contains(hit) || hit.contains(at)
      && !hit.matches('.composer, .page-head, .page-head *, .composer *')))) return `covered: ${name}`;
  const seen = [at, frame].some((part) => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  return seen ? '' : `no outline: ${name}`;
}"""

# The place of the focus among all that can be reached, in the order of the page.
PLACE = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
  .indexOf(document.activeElement)"""


CHOSEN = "value => document.activeElement.value === value && document.activeElement.checked"
REACHABLE = """() => [...document.querySelectorAll(
    'a[href], button, textarea, summary, input:not([type=hidden], [type=radio])')]
  .filter((part) => part.tabIndex >= 0 && !part.disabled && part.checkVisibility()).length"""


class Keyboard:
    """Walks by Tab, and keeps what was wrong on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []

    def tab(self, *, back: bool = False) -> int:
        """Go one on (or back); return the place in the order of the page, -1 where the page is left."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        place = int(self.page.evaluate(PLACE))
        if place >= 0:
            fault = str(self.page.evaluate(LOOK))
            if fault:
                self.faults.append(f"{self.page.url.rsplit('/', 1)[-1] or 'door'}: {fault}")
        return place

    def begin(self) -> None:
        """Go back to where one is when a page opens."""
        self.page.evaluate(
            "() => { const { body } = document; body.tabIndex = -1; body.focus();"
            " body.removeAttribute('tabindex'); scrollTo(0, 0) }"
        )

    def to(self, selector: str) -> None:
        """Go on until the focus is there; the order must be that of the page."""
        last = int(self.page.evaluate(PLACE))
        for _ in range(120):
            place = self.tab()
            if place < last:
                break
            last = place
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab on {self.page.url}; {self.faults}")

    def press(self, selector: str, key: str = "Enter") -> None:
        """Go there and press a key."""
        self.to(selector)
        self.page.keyboard.press(key)

    def choose(self, name: str, value: str) -> None:
        """Go to a group of radio buttons and choose one with the arrows."""
        self.to(f'input[type=radio][name="{name}"]')
        for _ in range(8):
            if self.page.evaluate(
                "value => document.activeElement.value === value && document.activeElement.checked", value
            ):
                return
            focused = self.page.evaluate("document.activeElement.checked")
            self.page.keyboard.press("ArrowDown" if focused else "Space")
        raise AssertionError(f"{name} = {value} cannot be chosen with the arrows.")

    def through(self) -> int:
        """Go through the whole page and out of it; return how many places there were."""
        self.begin()
        places = []
        for _ in range(150):
            place = self.tab()
            if place < 0 or place in places:
                break
            places.append(place)
        if places != sorted(places):
            self.faults.append(f"the order is not that of the page: {places}")
        reachable = int(self.page.evaluate(REACHABLE))
        if len(places) < reachable:
            self.faults.append(f"only {len(places)} of {reachable} places are reached: a trap?")
        self.begin()
        return len(places)
