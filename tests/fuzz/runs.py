"""The runs: so many hostile requests of each kind, the same for the same seed, whoever starts them."""
# ruff: noqa: E501, S311 - lists of values, one after the other; no secret is drawn

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pledges.core.forms import unsent
from tests.fuzz import files
from tests.fuzz.house import Blank, Range, path_with
from tests.fuzz.rights import TAKING_FILES, as_sent, owed, takes_away
from tests.fuzz.sending import MULTIPART, URLENCODED, File, Pairs, Sent, altered, encoded
from tests.fuzz.words import LONG, Change, changes, drawn, values

NUMBERS = (b"0", b"-1", b"1", b"2147483647", b"2147483648", b"9223372036854775808", b"18446744073709551616", b"9" * 400, b"1e9",
           b"NaN", b"1.0", b"+1", b" 1", "²".encode(), "١".encode(), b"\x00", b"\xff", b"abc", b"../1", b"%2e%2e%2f", b"1;2", b"")  # fmt: skip
"""What stands in a path where the number of a record is meant."""
MOST_ARGUMENTS = 3
UNPRESSED = 0.1
IN_PATHS = 5
"""Of so many addresses one is altered in its path, the others in what they ask for."""


def addresses(target: Range, number: int, seed: int) -> None:
    """Every door in turn, with hostile arguments or a hostile path."""
    doors, dice = target.doors(), random.Random(seed)
    dice.shuffle(doors)
    drawing = iter(drawn(values(), number * MOST_ARGUMENTS, seed))
    for turn, door in zip(range(number), itertools.cycle(doors), strict=False):
        if turn % IN_PATHS == 0:
            value = dice.choice(NUMBERS) if dice.random() < 0.7 else next(drawing)[:2000]
            target.ask(door, path_with(door.rule, door.url, value), "paths")
            continue
        names = target.heard(door)
        asked, chosen = _asked(names, dice, drawing)
        target.results.arguments |= {(door.rule.endpoint, name) for name in chosen}
        target.ask(door, f"{door.url}?{asked}", "arguments")


def _asked(names: Sequence[str], dice: random.Random, drawing: Iterator[bytes]) -> tuple[str, Sequence[str]]:
    chosen = dice.sample(names, min(len(names), dice.randint(1, MOST_ARGUMENTS)))
    pairs: Pairs = []
    for name in chosen:
        value = next(drawing)
        pairs += [(name, value)] * dice.choice((1, 1, 1, 2))
        pairs += [(f"{name}[]", value)] if dice.random() < 0.05 else []
    return encoded(pairs).decode(), chosen


def forms(target: Range, number: int, seed: int) -> None:
    """Every form in turn, with one or several fields altered."""
    dice = random.Random(seed)
    doors = [door for door in target.doors() if "POST" in (door.rule.methods or ())]
    dice.shuffle(doors)
    blanks = (blank for door in itertools.cycle(doors) for blank in target.blanks(door))
    for blank, altering in zip(blanks, drawn(changes(), number, seed), strict=False):
        target.send(blank, filled(target, blank, altering, dice), "forms")


def filled(target: Range, blank: Blank, altering: Sequence[Change], dice: random.Random) -> Sent:
    """A form as somebody fills it in: its words mostly answered, some fields altered, a button pressed."""
    fields: Pairs = [
        (name, value.encode()) for name, several in blank.form.fields.items() for value in several
    ]
    if dice.random() < 0.5:
        fields = _answered(fields, blank, dice)
    within = sorted(blank.typed) if blank.typed and dice.random() < 0.7 else blank.places
    before = list(fields)
    fields, told = altered(fields, within, altering)
    hostile = frozenset(name for name, _value in set(fields) ^ set(before))
    pressed, browsers = _pressed(blank, dice)
    fields += [pressed] if pressed else []
    if "csrf_token" in blank.form.fields:
        token = target.people[blank.door.person].token
        fields = [pair for pair in fields if pair[0] != "csrf_token"] + [("csrf_token", token.encode())]
    typed = {
        name: told[name][:1]
        for name in blank.typed
        if name in told and not _secret(name) and not takes_away(pressed, name)
    }
    endpoint = target.endpoint_at(blank.url)
    alone = as_sent(fields, [name for _words, name, _value in blank.form.buttons if name], pressed)
    words = owed(endpoint, pressed) if browsers and alone else ()
    return Sent(fields, typed, owed=words, hostile=hostile & set(blank.places))


def _pressed(blank: Blank, dice: random.Random) -> tuple[tuple[str, bytes] | None, bool]:
    """What the button adds to a form, and whether a browser sends it so: Enter presses the first of its buttons.

    Now and then none is pressed, which only a script does: no fault may come of that, but it is owed no sentence
    where it is the button that says what is wanted.
    """
    buttons = [(name, value.encode()) if name else None for _words, name, value in blank.form.buttons]
    if not buttons or dice.random() < UNPRESSED:
        return None, not buttons or None in buttons
    return (buttons[0] if dice.random() < 0.5 else dice.choice(buttons)), True


def _answered(fields: Pairs, blank: Blank, dice: random.Random) -> Pairs:
    answers = {name: sorted(several - {""}) for name, several in blank.form.offered.items() if several - {""}}
    put = [(name, value or _plain(name)) if name in blank.typed else (name, value) for name, value in fields]
    return [pair for pair in put if pair[0] not in answers or pair[1]] + [
        (name, dice.choice(several).encode())
        for name, several in answers.items()
        if not any(one == name and value for one, value in fields)
    ]


def _plain(name: str) -> bytes:
    """What fits a question by its name, as far as that tells."""
    if name.endswith(("_on", "_by", "until", "from", "day", "since", "dated")):
        return b"20/10/2024"
    return "12 việc".encode() if "title" in name or "text" in name else b"12"


def _secret(name: str) -> bool:
    """Whether a page that is shown again leaves it out: it is typed anew, and kept nowhere."""
    return any(one in name for one in unsent._SECRETS)


MOST_FILES = 3


def uploads(target: Range, number: int, seed: int) -> None:
    """Every field that takes files in turn, with files of every kind, mostly one, at times many."""
    dice = random.Random(seed)
    doors = [door for door in target.doors() if door.rule.endpoint in TAKING_FILES]
    dice.shuffle(doors)
    fields = [(blank, one) for door in doors for blank in target.blanks(door) for one in blank.uploads]
    kinds = dice.sample(files.KINDS, len(files.KINDS))
    turns = zip(range(number), itertools.cycle(fields), _kinds(kinds, len(fields)), strict=False)
    for _turn, (blank, name), kind in turns:
        several = 1 if dice.random() < 0.9 else dice.choice((2, MOST_FILES, 30))
        brought = [
            File(name, _name(dice), files.content(kind), dice.choice(files.TYPES)) for _one in range(several)
        ]
        sent = filled(target, blank, [], dice)
        target.results.kinds_of_files.add(kind)
        target.send(blank, replace(sent, files=brought, hostile=frozenset({name})), "uploads", kind)


def _kinds(kinds: Sequence[str], fields: int) -> Iterator[str]:
    """The kinds so that each field gets another one in each round."""
    for turn in itertools.count():
        yield kinds[(turn + turn // fields) % len(kinds)]


def _name(dice: random.Random) -> bytes:
    return dice.choice(files.NAMES).replace(b'"', b"").replace(b"\r", b"").replace(b"\n", b"")


BODIES: tuple[tuple[str, bytes, str], ...] = (
    ("application/json", b"{}", "an object"),
    ("application/json", b"[" * 50_000, "nesting"),
    ("application/json", b'{"csrf_token": null, "form_key": [1e999]}', "JSON for a form"),
    ("application/json", b"\xff\xfe", "no JSON"),
    ("application/json", b'"\\ud800"', "half a letter"),
    ("text/plain", b"csrf_token=1", "plain text"),
    ("application/xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "XML"),
    ("", b"csrf_token=1", "no type"),
    ("\u00ff/\u00ff", b"x", "no type that is one"),
    ("multipart/form-data", b"--x\r\n", "no boundary"),
    ("multipart/form-data; boundary=", b"--\r\n\r\n----", "an empty boundary"),
    (MULTIPART, b"--zqranhgioi\r\nContent-Disposition: form-data\r\n\r\nx\r\n--zqranhgioi--\r\n", "a part without a name"),
    (MULTIPART, b'--zqranhgioi\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut', "cut"),
    (MULTIPART, b"--zqranhgioi\r\n" + b"X: " + b"y" * LONG, "a long head"),
    (MULTIPART, (b"--zqranhgioi\r\nContent-Disposition: form-data; name*=utf-8''%ff%00; filename*=utf-8''%ed%a0%80\r\n\r\nx\r\n"
                b"--zqranhgioi--\r\n"), "names of no letters"),
    (MULTIPART, b"".join(b'--zqranhgioi\r\nContent-Disposition: form-data; name="a%d"\r\n\r\nx\r\n' % n for n in range(3000))
                + b"--zqranhgioi--\r\n", "three thousand parts"),
    (f"{URLENCODED}; charset=utf-16", "csrf_token=1".encode("utf-16"), "another alphabet"),
    (f"{URLENCODED}; charset=klingon", b"a=b", "an unknown alphabet"),
    (URLENCODED, b"&" * 1000, "nothing but signs"),
    (URLENCODED, b"=" * 1000, "no names"),
    (URLENCODED, b"%", "half an escape"),
    (URLENCODED, b"%ff=%ff&%00=%00&%ed%a0%80=%ed%a0%80", "names of no letters"),
    (URLENCODED, b"a=b&" * 40_000, "too many fields"),
    (URLENCODED, b"a=" + b"x" * 3_000_000, "too long"),
)  # fmt: skip
"""Content type, body, and what is wrong with them."""


def bodies(target: Range, number: int, seed: int) -> None:
    """Every door that takes a sending, with bodies of every kind; half of them for scripts."""
    doors, dice = target.doors("POST"), random.Random(seed)
    dice.shuffle(doors)
    for _turn, door in zip(range(number), itertools.cycle(doors), strict=False):
        kind, body, _why = dice.choice(BODIES)
        if kind == URLENCODED and dice.random() < 0.7:
            body = (
                b"csrf_token=" + target.people[door.person].token.replace("#", "%23").encode() + b"&" + body
            )
        accept = dice.choice(("text/html", "application/json", "*/*", ""))
        headers = {"Accept": accept, **({"Content-Type": kind.encode().decode("latin-1")} if kind else {})}
        target.throw(door.person, door.url, "bodies", data=body, headers=headers)
