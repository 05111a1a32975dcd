"""Which words must match, may match and must not."""

from tests.conformance.search.case import Case

_ALL = "bo-l bo-v bo-lv bo-k bo-lk bo-vk bo-lvk bo-z bo-lvz bo-lvkz bo-zrd bo-alles bo-geen bo-leeg"

CASES = [
    # One or two words are all required, wherever they stand.
    Case("lepel", "bo-l bo-lv bo-lk bo-lvk bo-lvz bo-lvkz bo-alles"),
    Case("lepel vork", "bo-lv bo-lvk bo-lvz bo-lvkz bo-alles"),
    Case("vork lepel", "bo-lv bo-lvk bo-lvz bo-lvkz bo-alles"),
    Case("vork ketel", "bo-vk bo-lvk bo-lvkz bo-alles"),
    Case("lepel lepel", "bo-l bo-lv bo-lk bo-lvk bo-lvz bo-lvkz bo-alles"),
    # Of three words two, of four three, of five three, of eight six.
    Case("lepel vork ketel", "bo-lv bo-lk bo-vk bo-lvk bo-lvz bo-lvkz bo-alles"),
    Case("lepel vork ketel zeef", "bo-lvk bo-lvz bo-lvkz bo-alles"),
    Case("rasp deegrol lepel vork zeef", "bo-lvz bo-zrd bo-lvkz bo-alles"),
    Case("lepel vork ketel zeef rasp deegrol vergiet garde", "bo-alles"),
    Case("lepel vork ketel zwembril brommer", "bo-lvk bo-lvkz bo-alles"),
    # Stop words do not count beside others.
    Case("de lepel en het vork", "bo-lv bo-lvk bo-lvz bo-lvkz bo-alles"),
    Case("een lepel van de", "bo-l bo-lv bo-lk bo-lvk bo-lvz bo-lvkz bo-alles"),
    # OF and OR bind the two words beside them.
    Case("rasp OF ketel", "bo-k bo-lk bo-vk bo-lvk bo-lvkz bo-zrd bo-alles"),
    Case("rasp OR ketel", "bo-k bo-lk bo-vk bo-lvk bo-lvkz bo-zrd bo-alles"),
    Case("rasp OF ketel OF zeef", "bo-k bo-lk bo-vk bo-lvk bo-lvkz bo-zrd bo-alles bo-z bo-lvz"),
    Case("rasp OF ketel vork", "bo-vk bo-lvk bo-lvkz bo-alles"),
    Case("vork rasp OF ketel", "bo-vk bo-lvk bo-lvkz bo-alles"),
    Case("rasp of ketel", "bo-alles"),
    Case("OF rasp", "bo-zrd bo-alles"),
    Case("rasp OF", "bo-zrd bo-alles"),
    Case("rasp OF OF ketel", "bo-k bo-lk bo-vk bo-lvk bo-lvkz bo-zrd bo-alles"),
    Case("lepel OF vork zeef OF rasp", "bo-lvz bo-lvkz bo-alles"),
    # EN and AND make both words necessary, whatever the number of words.
    Case("lepel EN vork EN ketel", "bo-lvk bo-lvkz bo-alles"),
    Case("lepel AND vork AND ketel AND zeef", "bo-lvkz bo-alles"),
    Case("een ketel", "bo-k bo-lk bo-vk bo-lvk bo-lvkz bo-alles"),
    Case("een EN ketel", "bo-vk"),
    Case("lepel EN vork ketel", "bo-lvk bo-lvkz bo-alles"),
    Case("lepel EN vork OF ketel", "bo-lv bo-lk bo-lvk bo-lvz bo-lvkz bo-alles"),
    # Words to leave out.
    Case("lepel -vork", "bo-l bo-lk"),
    Case("lepel −vork", "bo-l bo-lk"),
    Case("lepel NIET vork", "bo-l bo-lk"),
    Case("lepel NOT vork", "bo-l bo-lk"),
    Case("-vork lepel", "bo-l bo-lk"),
    Case("lepel -vorken", "bo-l bo-lk"),
    Case("lepel -vork -ketel", "bo-l"),
    Case("lepel vork ketel -zeef", "bo-lv bo-lk bo-vk bo-lvk"),
    Case("ketel -lepel OF ketel -vork", "bo-k"),
    Case("-lepel -vork -ketel -zeef -tafelkleed", "bo-leeg", "bron=boolean van=2022-01-01 tot=2022-01-31"),
    Case("-lepel", "bo-v bo-k bo-vk bo-z bo-zrd bo-geen bo-leeg", "bron=boolean tot=2022-01-31"),
    Case("lepel - vork", "bo-lv bo-lvk bo-lvz bo-lvkz bo-alles"),
    Case("lepel niet vork", "bo-lv bo-lvk bo-lvz bo-lvkz bo-alles"),
    Case("lepel -lepel", ""),
    Case("", _ALL, "bron=boolean tot=2022-01-31"),
    Case("   ", _ALL, "bron=boolean tot=2022-01-31"),
    # Operators count as whole words in capitals only.
    Case("NOTULEN park", "bo-notulen"),
    Case('"NOTULEN" park', "bo-notulen"),
    Case("OFFERTE dakwerken", "bo-offerte"),
    Case("ENQUETE dakwerken", "bo-enquete"),
    Case("NIETIG dakwerken", "bo-nietig"),
    Case("NOTA dakwerken", "bo-norm"),
    Case("ANDERE dakwerken", "bo-andere"),
    Case("dakwerken -NOTA -OFFERTE", "bo-enquete bo-nietig bo-andere"),
    Case("kosten/baten", "bo-kosten-baten"),
    Case("kosten/baten kermis", "bo-kosten-baten"),
    Case("kosten OF baten", "bo-kosten bo-kosten-baten bo-baten", "bron=boolean"),
    # A hyphen inside a name leaves nothing out.
    Case("Sint-Pieters-Leeuw", "bo-leeuw-weg bo-leeuw", "bron=boolean"),
    Case("voetweg OF buurtspoor Sint-Pieters-Leeuw", "bo-leeuw-weg", "bron=boolean"),
    Case("voetweg OF buurtspoor -Sint-Pieters-Leeuw", "bo-voetweg bo-buurtweg", "bron=boolean"),
    Case('"lening" Sint-Pieters-Leeuw', "bo-leeuw", "bron=boolean"),
    Case("lening -Sint-Pieters-Leeuw", "bo-pieters", "bron=boolean"),
]
