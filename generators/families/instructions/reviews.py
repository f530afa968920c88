"""A task that sums up a review: what its author liked."""

# ruff: noqa: ARG002 - all kinds of task share the signatures of `Task`, and few need every argument

from __future__ import annotations

from collections.abc import Mapping

from generators.core import Stream
from generators.families.instructions.forms import Forms, Says
from generators.families.instructions.lexicon import Language
from generators.families.instructions.tasks import Case, Seen, Task, task

#: What reviews speak of: two sides, each as English and Spanish noun, with good and bad remarks on it.
_REVIEWS: Mapping[str, tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]] = {
    "restaurant": (
        (
            "the food",
            "la comida",
            (
                "The soup was delicious",
                "Every dish was fresh and well seasoned",
                "The fish was the best I have had in years",
                "I would come back for the desserts alone",
                "The vegetables were crisp and full of flavor",
            ),
            (
                "The soup arrived cold and tasted of nothing",
                "The meat was tough and far too salty",
                "Half of the dishes were burnt",
                "The bread was stale",
                "The sauce was watery and bland",
            ),
        ),
        (
            "the service",
            "el servicio",
            (
                "The waiters were quick and friendly",
                "We were seated at once and well looked after",
                "Somebody always noticed when our glasses were empty",
                "The staff explained the whole menu with patience",
                "They brought a high chair before we could ask",
            ),
            (
                "We waited an hour before anyone came to the table",
                "The waiter mixed up our orders twice",
                "Nobody answered when we asked for the bill",
                "The staff rolled their eyes at our questions",
                "They forgot our drinks and never said sorry",
            ),
        ),
    ),
    "hotel": (
        (
            "the room",
            "la habitación",
            (
                "The bed was wide and very comfortable",
                "We slept well behind thick, quiet walls",
                "Everything upstairs was spotless and bright",
                "The bathroom was large and newly tiled",
                "Our balcony looked out on the sea",
            ),
            (
                "The mattress sagged in the middle",
                "There was mold in the shower",
                "The window would not close and it rained in",
                "The carpet was sticky and smelled of smoke",
                "The walls were so thin that we heard every snore",
            ),
        ),
        (
            "the breakfast",
            "el desayuno",
            (
                "In the morning there was fresh fruit and warm bread",
                "The coffee was strong and the eggs were perfect",
                "The morning buffet offered something for everyone",
                "Homemade jam and hot pancakes waited for us at eight",
                "The orange juice was squeezed before our eyes",
            ),
            (
                "In the morning there was only dry toast",
                "The coffee was weak and the eggs were cold",
                "The morning buffet was empty by eight o'clock",
                "The milk had gone sour and nobody cared",
                "The rolls were as hard as stone",
            ),
        ),
    ),
    "movie": (
        (
            "the story",
            "la historia",
            (
                "The plot kept me guessing until the end",
                "Every twist made sense and moved me",
                "I wanted to know what would happen next",
                "The script is clever and full of surprises",
                "The ending ties everything together beautifully",
            ),
            (
                "The plot made no sense at all",
                "I guessed the ending after ten minutes",
                "Nothing happens for the first hour",
                "The script borrows every idea from better films",
                "The twist at the end is simply silly",
            ),
        ),
        (
            "the music",
            "la música",
            (
                "The songs stayed in my head for days",
                "The orchestra gave me goose bumps",
                "Each scene was lifted by a lovely melody",
                "I bought the soundtrack on the way home",
                "The piano theme is a joy to listen to",
            ),
            (
                "The songs were loud and tuneless",
                "The soundtrack gave me a headache",
                "The same dull melody was repeated without end",
                "The violins drowned out what people said",
                "The singing was painfully off key",
            ),
        ),
    ),
    "phone": (
        (
            "the camera",
            "la cámara",
            (
                "The pictures are sharp even at night",
                "Photos come out with wonderful colors",
                "The lens focuses in an instant",
                "My snapshots look like those of a professional",
                "Portraits have never looked better",
            ),
            (
                "The pictures are blurred and grainy",
                "Photos come out far too dark",
                "The lens takes ages to focus",
                "Every snapshot has a green stain",
                "Portraits look as if taken through fog",
            ),
        ),
        (
            "the battery",
            "la batería",
            (
                "It runs for two days without charging",
                "One charge lasts a whole weekend",
                "It is full again after twenty minutes on the cable",
                "Even after hours of video there is power left",
                "I have stopped carrying a charger",
            ),
            (
                "It dies before noon every day",
                "One charge barely lasts two hours",
                "It needs the whole night on the cable to fill up",
                "A short call already drains the power",
                "I have to carry a charger everywhere",
            ),
        ),
    ),
    "vacation": (
        (
            "the beach",
            "la playa",
            (
                "The sand was white and clean",
                "The water was warm and clear",
                "There was room for everyone by the sea",
                "The bay was calm enough for the children to swim",
                "Palm trees gave us shade right by the waves",
            ),
            (
                "The sand was full of broken glass",
                "The water was cold and smelled of oil",
                "By the sea there was no free spot to lie down",
                "The current was too dangerous to swim",
                "Seaweed and garbage covered the shore",
            ),
        ),
        (
            "the weather",
            "el tiempo",
            (
                "The sun shone from morning to evening",
                "Not one drop of rain fell all week",
                "A mild breeze kept the days pleasant",
                "The sky was blue every single day",
                "The evenings were warm enough to sit outside",
            ),
            (
                "It rained from morning to evening",
                "A storm kept us indoors all week",
                "The heat was unbearable, even at night",
                "The sky was gray every single day",
                "The evenings were so cold that we wore coats",
            ),
        ),
    ),
}
_OPENINGS = (
    "",
    "I was here last month. ",
    "Here is my honest opinion. ",
    "My second time, so I can compare. ",
    "A short note. ",
)


@task("review")
class Review(Task):
    """What a reviewer liked, from a review of two remarks, on two sides of the thing."""

    asks = Forms(
        "What did the author of this review like? Answer in one sentence.",
        "Sum up the review in one sentence.",
        "Read the review and tell in one sentence what pleased its author and what did not.",
    )
    says = Says(
        en=Forms("The author {verdict}.", "According to the review, the author {verdict}."),
        es=Forms("{Verdict}.", "Según la reseña, {verdict}."),
    )

    def draw(self, rng: Stream) -> Case:
        """A subject and a good or bad remark on each of its sides."""
        subject = rng.choice(sorted(_REVIEWS))
        options = rng.shuffled([(one, two) for one in (True, False) for two in (True, False)])
        numbers = (rng.below(5), rng.below(5))
        opening = rng.choice(_OPENINGS)
        liked = options[0]
        remarks = [
            (good if like else bad)[number]
            for (_, _, good, bad), like, number in zip(_REVIEWS[subject], liked, numbers, strict=True)
        ]
        key = f"{subject} {numbers[0]} {numbers[1]} {_OPENINGS.index(opening)}"
        facts = {"subject": subject, "remarks": remarks, "opening": opening}
        return Case(key, str(liked), options, facts=facts)

    def slots(self, case: Case) -> Mapping[str, str]:
        """Nothing."""
        return {}

    def given(self, case: Case, rng: Stream) -> str:
        """The review."""
        remarks = " ".join(f"{remark}." for remark in rng.shuffled(case.facts["remarks"]))
        return f"{case.facts['opening']}{remarks}"

    def words(self, case: Case, option: tuple[bool, bool], language: Language) -> Mapping[str, str]:
        """What was liked."""
        return {"verdict": _verdict(case.facts["subject"], option, language)}

    def check(self, seen: Seen, said: Mapping[str, str], language: Language) -> bool:
        """Each remark is looked up among the good and the bad ones of its side."""
        for subject, sides in _REVIEWS.items():
            good = [any(f"{remark}." in seen.given for remark in side[2]) for side in sides]
            bad = [any(f"{remark}." in seen.given for remark in side[3]) for side in sides]
            if all(one != other for one, other in zip(good, bad, strict=True)):
                return said["verdict"] == _verdict(subject, (good[0], good[1]), language)
        return False


def _verdict(subject: str, liked: tuple[bool, bool], language: Language) -> str:
    """What was liked of the two sides, as a clause without its end."""
    (en_one, es_one, *_), (en_two, es_two, *_) = _REVIEWS[subject]
    if language == "en":
        return {
            (True, True): f"liked both {en_one} and {en_two}",
            (True, False): f"liked {en_one} but not {en_two}",
            (False, True): f"liked {en_two} but not {en_one}",
            (False, False): f"liked neither {en_one} nor {en_two}",
        }[liked]
    return {
        (True, True): f"al autor le gustaron tanto {es_one} como {es_two}",
        (True, False): f"al autor le gustó {es_one}, pero no {es_two}",
        (False, True): f"al autor le gustó {es_two}, pero no {es_one}",
        (False, False): f"al autor no le gustaron ni {es_one} ni {es_two}",
    }[liked]
