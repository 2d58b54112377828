"""What axe, the judge of barriers, says of a page; the same question is asked once in a run.

A page's shape is all that axe's rules look at but for colours, without what it says: elements with their classes,
roles, states and names, whether each is in sight and has words, what scrolls. Rows of one shape count once, so that
two pages of one shape differ in words and numbers alone. Colours, which take axe most of its time, are asked for
where words, large or small, stand in a colour on a ground on which none stood before.
"""

from hashlib import sha256
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ASK = """rules => axe.run(document, {resultTypes: ['violations'], rules}).then(results => results.violations.map(one =>
  `axe: ${one.id} (${one.impact}): ${one.help}: ` + one.nodes.slice(0, 3).map(node =>
    node.target.join(' ') + ': ' + node.html.slice(0, 120)).join('; ')))"""
SHAPE = """() => {
  const words = text => text && text.trim() ? '…' : '';
  const plain = text => text.replace(/[0-9]+/g, '0');
  const here = value => value.split(/ +/).map(id => document.getElementById(id) ? '+' : '-').join('');
  const said = new Set(['href', 'src', 'alt', 'title', 'placeholder', 'value', 'content', 'action', 'label', 'srcset']);
  const drawn = new Set(['d', 'points', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'width', 'height']);
  const places = new Set(['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'list']);
  const written = (element, {name, value}) => {
    if (drawn.has(name)) return '';
    if (places.has(name)) return name + here(value);
    const spoken = said.has(name) && element.tagName !== 'LINK' || name.startsWith('data-') && /\\s/.test(value);
    return name + '=' + (spoken ? words(value) : plain(value));
  };
  const ids = new Map(), scrolling = [];
  const shape = element => {
    if (element.id) ids.set(element.id, (ids.get(element.id) || 0) + 1);
    if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) {
      const {overflowX, overflowY} = getComputedStyle(element);
      if (/auto|scroll/.test(overflowX + overflowY)) scrolling.push(element.tagName + '.' + element.className);
    }
    const state = [...element.attributes].map(one => written(element, one)).sort();
    if (element.matches('input, select, textarea')) {
      state.push(element.checked, element.disabled, element.labels && element.labels.length, words(element.value));
    }
    const inside = [element.checkVisibility() ? '' : 'unseen'], known = new Set();
    for (const child of element.childNodes) {
      const one = child.nodeType === 1 ? shape(child) : child.nodeType === 3 ? words(child.data) : '';
      if (one && (element.tagName === 'TR' || !known.has(one))) inside.push(one);
      known.add(one);
    }
    return element.tagName + '[' + state.join() + '](' + inside.join('') + ')';
  };
  const whole = shape(document.documentElement);
  const twice = [...ids].filter(([, times]) => times > 1).map(([id]) => id);
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(one => one.tagName[1]).join('');
  return [whole, twice, [...new Set(scrolling)], headings.replace(/(.)\\1+/g, '$1')].join();
}"""


COLOURS = """() => {
  const grounds = new Map(), found = new Set();
  const ground = element => {
    if (!element) return '';
    if (!grounds.has(element)) {
      const {backgroundColor, backgroundImage, opacity} = getComputedStyle(element);
      const own = [backgroundColor, backgroundImage, opacity].join(' ');
      const ends = /^rgb\\([^)]*\\) none 1$/.test(own), clear = own === 'rgba(0, 0, 0, 0) none 1';
      const under = ground(element.parentElement);
      grounds.set(element, ends && under.endsWith(' 1') ? own : clear ? under : own + ' on ' + under);
    }
    return grounds.get(element);
  };
  for (const element of document.body.querySelectorAll('*')) {
    const speaks = [...element.childNodes].some(one => one.nodeType === 3 && one.data.trim());
    if (!(speaks || element.matches('input, select, textarea')) || !element.checkVisibility()) continue;
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(element), size = parseFloat(fontSize);
    const large = size >= 24 || size >= 18.66 && fontWeight >= 700;
    const off = Boolean(element.closest(':disabled, [aria-disabled=true]'));
    found.add([color, large, textShadow, off, ground(element)].join('; '));
  }
  return [...found];
}"""


class Barriers:
    """What was found without barriers, in a folder that all workers of a run share."""

    def __init__(self) -> None:
        self.axe = Axe()
        self.known: set[str] = set()
        self.folder: Path | None = None

    def of(self, page: Page) -> list[str]:
        """What axe finds wrong on the page; nothing where it was asked all of that before and found nothing."""
        shape, colours = page.evaluate(SHAPE), page.evaluate(COLOURS)
        asked = [one for one in [shape, *colours] if not self._is_known(one)]
        if not asked:
            return []
        page.evaluate(self.axe.axe_script)
        rules = {"color-contrast": {"enabled": asked != [shape]}}
        found: list[str] = page.evaluate(ASK, rules)
        if not found:
            for one in asked:
                self._note(one)
        return found

    def _is_known(self, question: str) -> bool:
        return question in self.known or (
            self.folder is not None and (self.folder / _name(question)).exists()
        )

    def _note(self, question: str) -> None:
        self.known.add(question)
        if self.folder is not None:
            self.folder.mkdir(exist_ok=True)
            (self.folder / _name(question)).touch()


def _name(question: str) -> str:
    return sha256(question.encode()).hexdigest()


BARRIERS = Barriers()
