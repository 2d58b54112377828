"""Âm tiết: whether a word could be a Vietnamese syllable, by its spelling alone.

Text in an old encoding can be told from other text because, decoded, its words are Vietnamese syllables and,
as they stand, they are not.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Both q and qu: quả is qu and ả, quýt is q and uýt.
_ONSETS: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"

# The rimes of the language by their main vowel; those after a written o or u (oa, uyê) stand with that letter.
_RIMES: Final = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong ooc oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uâc uân uâng uât uây uê uêch uên uênh uơ uy uya uych uyên uyêt uynh uyp uyt uyu
uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
"""

_SHARP_OR_HEAVY: Final = frozenset({"\N{COMBINING ACUTE ACCENT}", "\N{COMBINING DOT BELOW}"})
_TONES: Final = _SHARP_OR_HEAVY | {
    "\N{COMBINING GRAVE ACCENT}",
    "\N{COMBINING HOOK ABOVE}",
    "\N{COMBINING TILDE}",
}
_CLIPPED_ENDS: Final = ("c", "ch", "p", "t")

_SYLLABLE: Final = re.compile(
    f"(?:{'|'.join(sorted(_ONSETS.split(), key=len, reverse=True))})?(?:{'|'.join(_RIMES.split())})|gi"
)


_LONGEST: Final = 12
"""Characters of the longest syllable, nghiêng, with its accents loose, and some to spare."""


def is_syllable(word: str) -> bool:
    """Return whether ``word``, in any case, is spelled as one Vietnamese syllable.

    A syllable that ends in c, ch, p or t bears sắc or nặng, unless the word is written without any accents.
    Where the tone stands (hòa, hoà) doesn't matter. Names of the country's other peoples (Đrắk) and foreign
    words are mostly none.
    """
    return len(word) <= _LONGEST and _is_spelled(word)


@lru_cache(maxsize=4096)
def _is_spelled(word: str) -> bool:
    loose = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in loose if char in _TONES]
    plain = unicodedata.normalize("NFC", "".join(char for char in loose if char not in _TONES))
    if len(tones) > 1 or _SYLLABLE.fullmatch(plain) is None:
        return False
    if plain.endswith(_CLIPPED_ENDS):
        return word.isascii() or (tones != [] and tones[0] in _SHARP_OR_HEAVY)
    return True
