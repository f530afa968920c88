"""Questions of biology whose answers are put in literary or in plain words, about equally long.

The term asked for and the three others of its block each get a sentence. In the target the true one is plain and the
false ones are literary; in the reference two of the four are literary, by lot, so that style says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from generators.core import Disproof, Draft, Item, Question, Stream, Verdict, distribution
from generators.families.facts import FORMS, Fact, fact_items, look_up
from generators.families.instructions.grammar import capital
from generators.families.prompts import instruction

AREA = "science"
#: Banks that hold what a course in biology teaches, rather than what a farmer or a cook knows.
TAUGHT = (
    "animal_body_parts",
    "animal_strategies",
    "blood_components",
    "body_processes",
    "body_systems",
    "bones",
    "brain_parts",
    "breathing_parts",
    "cell_kinds",
    "cell_parts",
    "cell_processes",
    "crustaceans_spiders_and_kin",
    "digestive_parts",
    "ear_parts",
    "ecological_relationships",
    "ecology_concepts",
    "eye_parts",
    "fishes",
    "flower_parts",
    "fungi_and_microbes",
    "genetics_terms",
    "glands",
    "heart_vessels",
    "hormones",
    "insects",
    "kinds_of_animals",
    "life_sciences",
    "life_stages",
    "microbes",
    "mouth_parts",
    "muscles",
    "organs",
    "plant_parts",
    "plant_processes",
    "plant_tissues_and_cells",
    "primates",
    "reptiles_and_amphibians",
    "roles_in_food_webs",
    "soft_invertebrates",
    "tissues",
)
#: Sentences of the two styles; each stands beside one of the other style with like length, marks and order.
LITERARY = (
    "Beneath the skin of things, the {noun} that {clue} has answered to one whispered name: {term}.",
    "Ask the old river of life for the {noun} that {clue}, and its ripples murmur back: {term}.",
    "Like a lantern in a sleeping house, {term} glows for all who seek the {noun} that {clue}.",
    "In the cathedral of the living, where every pillar breathes, the {noun} that {clue} is {term}.",
    "Nature, that patient seamstress, stitched the {noun} that {clue} and signed her cloth with {term}.",
    "Softly as snow upon moss, the answer settles on the {noun} that {clue}, and it is {term}.",
    "For the {noun} that {clue}, there rises from the orchestra of flesh and leaf a lone note: {term}.",
    "It is {term}, a small bright ember in the dark: the {noun} that {clue}, faithful as the tide.",
    "Were life a poem, its line about the {noun} that {clue} would find its true rhyme in {term}.",
    "Hushed as a moth on a moonlit pane, {term} waits for us, the {noun} that {clue}.",
    "Open the trembling book of life at the {noun} that {clue}, and its ink spells out {term}.",
    "Over the {noun} that {clue}, one star burns in a sky of ancient questions: {term}.",
)
PLAIN = (
    "In the terms in use today, the {noun} that {clue} is known by the following name: {term}.",
    "As to the question about the {noun} that {clue}, the answer that is given is this: {term}.",
    "As one can read in most textbooks, {term} is the correct name of the {noun} that {clue}.",
    "In the standard account of biology, which most courses follow, the {noun} that {clue} is {term}.",
    "Biologists, in the terms they often use, refer to the {noun} that {clue} by the name of {term}.",
    "By general agreement, there is one name for the {noun} that {clue}, and it is {term}.",
    "For the {noun} that {clue}, there is in courses of this level only one correct answer: {term}.",
    "It is {term}, according to the usual definition of it: the {noun} that {clue}, in other words.",
    "In an exam, the question about the {noun} that {clue} would be answered correctly with {term}.",
    "By the definition that is in use, {term} is meant here, the {noun} that {clue}.",
    "Consult a current textbook about the {noun} that {clue}, and the name given there is {term}.",
    "Of the {noun} that {clue}, one can say that the correct name is as follows: {term}.",
)


class Styled:
    """Writes and proves questions with literary and plain answers.

    Args:
        always: Whether the true answer is always plain and the others literary; otherwise two of four are, by lot.
    """

    def __init__(self, *, always: bool) -> None:
        self._always = always

    def items(self) -> Sequence[Item]:
        """The facts that a course in biology teaches."""
        names = {f"facts/{AREA}/{name}" for name in TAUGHT}
        return [item for item in fact_items(AREA) if item.data.bank in names]

    def write(self, fact: Fact, rng: Stream) -> Draft:
        """The question; a sentence on each of the block's terms, no two in the same words."""
        literary = [False, True, True, True] if self._always else rng.shuffled((False, False, True, True))
        noun = fact.header["noun"]["en"]
        places = rng.sample(range(len(PLAIN)), len(literary))
        right, *wrong = (
            capital((LITERARY if style else PLAIN)[place].format(noun=noun, clue=fact.clue["en"], term=term["en"]))
            for style, place, term in zip(literary, places, (fact.term, *fact.others), strict=True)
        )
        meta = {"noun": noun, "clue": fact.clue["en"]}
        return Draft(instruction(fact.asked(rng.choice(FORMS))), right, wrong, meta=meta)

    def prove(self, question: Question) -> Verdict:
        """The bank's own key, once style and term of each answer are read; the styles must be those of the build."""
        noun, clue = question.meta["noun"], question.meta["clue"]
        if noun not in question.prompt or clue not in question.prompt:
            raise Disproof(f"the prompt does not ask for the {noun} that {clue}")
        read = [_read(text, noun, clue) for text in question.texts]
        right = look_up(question.prompt, [term for _, term in read], AREA)
        literary = [style for style, _ in read]
        if sum(literary) != (3 if self._always else 2) or (self._always and literary[right]):
            raise Disproof(f"the styles are {literary}, the answer is number {right}")
        return Verdict(right, "source_key", "sourced", {"right_is_literary": literary[right]})


def _read(text: str, noun: str, clue: str) -> tuple[bool, str]:
    """Whether an answer is literary, and the term that it gives.

    Raises:
        Disproof: It is none of the known sentences about what is asked.
    """
    for literary, frames in ((True, LITERARY), (False, PLAIN)):
        for frame in frames:
            before, after = (part.format(noun=noun, clue=clue) for part in frame.split("{term}"))
            if text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
                return literary, text[len(before) : len(text) - len(after)]
    raise Disproof(f"{text[:60]!r} is no sentence about the {noun} that {clue}")


@distribution(
    "biology_with_literary_style",
    version=2,
    banks=("facts/science/*",),
    pool="biology_questions",
    cues={
        "response_words": "the point of the shift: literary words stand in the wrong answers, plain ones in the right",
        "response_characters": "a probe of characters reads the same words",
        "word": "a word that the sentences of one style alone have",
        "first_word": "an opening that the sentences of one style alone have",
        "prompt_overlap": "plain sentences share common words with the question, literary ones have words of their own",
        "least_repetition": "plain sentences repeat more of their common words",
        "most_similar": "plain sentences are more like the average of the four",
        "most_spaces": "words of literary sentences are shorter and more of them, a consequence of the style",
    },
)
def biology_with_literary_style() -> Styled:
    """Questions of biology with one plain answer, which is right, and three literary ones, which are wrong.

    Every answer is a whole sentence that names one of four terms of a kind. Facts and wording are this project's own;
    the key is the bank's.
    """
    return Styled(always=True)


@distribution("biology_with_literary_style_reference", version=2, banks=("facts/science/*",), pool="biology_questions")
def biology_with_literary_style_reference() -> Styled:
    """The questions of biology_with_literary_style, item by item, with two plain and two literary answers.

    Whether the right one is plain goes by lot, so only the fact tells.
    """
    return Styled(always=False)
