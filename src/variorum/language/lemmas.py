"""Dictionary forms of words, as edit scripts that a classifier can choose from.

A script says which end of the word goes and what comes in its place, after the word was put in lower case or left as
it is. The same script serves every word that is built alike: ``l3|y`` makes "country" of "countries". The method is
that of UDPipe 2 (Straka 2018, "UDPipe 2.0 Prototype at CoNLL 2018 UD Shared Task"), with endings only, which is enough
for English, and one script for the commas of numbers.
"""

LOWER, KEEP, WHOLE, COMMAS = "l", "k", "=", "c"


def script_of(form: str, lemma: str) -> str:
    """The script that turns a form into its lemma."""
    if lemma == form.lower():
        return LOWER
    if lemma == form:
        return KEEP
    if lemma == form.replace(",", ""):
        return COMMAS
    case = LOWER if lemma == lemma.lower() else KEEP
    base = form.lower() if case == LOWER else form
    common = 0
    while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
        common += 1
    if common == 0:
        return WHOLE + lemma
    return f"{case}{len(base) - common}|{lemma[common:]}"


def apply_script(script: str, form: str) -> str:
    """The lemma that a script makes of a form; a script that takes off the whole word leaves it alone."""
    kind = script[0]
    if kind == WHOLE:
        return script[1:]
    if kind == COMMAS:
        return form.replace(",", "")
    base = form.lower() if kind == LOWER else form
    if len(script) == 1:
        return base
    cut, ending = script[1:].split("|", 1)
    kept = base[: max(0, len(base) - int(cut))]
    return kept + ending if kept else base
