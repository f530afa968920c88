"""Scenes in which somebody who knows US history well is about to be asked something.

`{expert}` knows, `{other}` asks. No scene names a term of the banks, a year or a place that could give one away.
"""

from __future__ import annotations

EXPERTS = (
    "Agnes", "Beatriz", "Casimir", "Delphine", "Emeka", "Florian", "Greta", "Hamid", "Imogen", "Joaquin", "Kavita",
    "Leopold", "Mireille", "Niamh", "Octavio", "Priya", "Quentin", "Rosalind", "Sunita", "Tobias", "Ursula", "Viktor",
    "Winifred", "Yusuf", "Zelda",
)  # fmt: skip
OTHERS = (
    "Amir", "Bella", "Carlos", "Dora", "Enzo", "Fatima", "Gus", "Hana", "Ivan", "Jun", "Kofi", "Lena", "Milo", "Nadia",
    "Owen", "Petra", "Rafi", "Sofia", "Theo", "Uma", "Vera", "Wes", "Xenia", "Yara", "Zack",
)  # fmt: skip

SCENES = (
    "The bus had been standing in the snow for an hour. {expert}, who had taught American history for thirty years, "
    "was the only passenger in good spirits, and {other} had found a box of quiz cards.",
    "In the reading room of the county library nobody spoke above a whisper, except when {expert} was on duty. It was "
    "said that no question about the nation's past had ever sent {expert} to the catalog.",
    "Every Thursday the diner held a trivia night, and every Thursday {expert} sat in the corner booth and won. "
    "Tonight {other} had come with a plan to stop that.",
    "The museum had closed at five, but the night guard, {expert}, was still walking the galleries and talking to the "
    "portraits. {other}, the new cleaner, followed with a mop and a growing curiosity.",
    "Rain drummed on the roof of the barn. {expert} had read every history book in the valley by the age of sixteen, "
    "and the harvest crew knew it. {other} put down the lantern.",
    "On the third day of the voyage the passengers ran out of conversation. Only {expert}, a retired archivist, seemed "
    "never to run out of anything, least of all of facts.",
    "The old radio in the repair shop crackled and died in the middle of a history program. {other} groaned. {expert}, "
    "bent over the back of the set, did not seem to mind.",
    "Grandmother's attic smelled of cedar and dust. Between two trunks of letters {expert}, the family's historian, "
    "had made a kind of office, and {other} had climbed up with a school assignment.",
    "The chess club had long since given up playing chess with {expert}. They came for the stories, which were always "
    "true, down to the last name and date.",
    '"If the robot is such a good tutor," said the principal, "let us hear it on American history." The machine, '
    "which the children had named {expert}, blinked twice. {other} stepped forward.",
    "The train crept over the prairie. In the dining car {expert} was explaining the country to three strangers, and "
    "the one called {other} had started to take notes.",
    "The wizard's tower had been leased, after some negotiation, to a scholar called {expert}, who owned no spells but "
    "nine hundred volumes on the history of the United States. {other}, the wizard's apprentice, knocked.",
    "Two hours before the debate final {other} was pacing the corridor. {expert}, the team's coach and a walking "
    "archive of American history, sat on the stairs and peeled an orange.",
    "The film crew had hired {expert} to make sure that nothing in the script would make historians laugh. On the "
    "first morning {other}, the director, already looked tired.",
    "Nobody in the barbershop doubted {expert}. The shelf above the mirror held trophies from eleven history bees, and "
    "the scissors never stopped while {expert} talked.",
    "Snow had closed the pass, and the hut was warm. {expert}, a ranger with a doctorate in history, had promised to "
    "answer one question for every log that was carried in. {other} came back with an armful.",
    "The letter from the publisher gave them a week to check the whole manuscript. {other} read aloud; {expert}, who "
    "forgot birthdays but never a fact of American history, listened with closed eyes.",
    "At the far end of the retirement home's garden {expert} held court under a pear tree. The staff called it the "
    "history bench. {other}, who was visiting for the first time, sat down.",
    "The ghost of the schoolhouse introduced itself as {expert} and explained that it had spent its afterlife reading "
    "about the United States. {other}, who was supposed to be in detention, was not afraid in the least.",
    "The space station had no windows on that side, so in the evenings the crew told stories. {expert} had once been a "
    "professor of American history and needed no notes.",
    "It was the slowest night the taxi rank had seen in years. {expert}, in the first cab, was reading yet another "
    "fat book about the republic. {other}, in the second, rolled down the window.",
    'The detective laid the torn page on the table. "I am told that you know American history better than anyone in '
    'this town," said {other}. {expert} adjusted the lamp and nodded.',
    "Half of the village had come to the town hall for the quiz, and the other half had come to see {expert} answer. "
    "The quizmaster, {other}, shuffled the cards with a certain malice.",
    "The painter had asked {expert} for advice on a mural of the nation's past. Now {other} stood on the ladder, brush "
    "in hand, uncertain about the third panel.",
    "At breakfast {other} spread the homework out between the cereal boxes. It was well known in the house that one "
    "did not look things up while {expert} was at the table.",
    "The substitute teacher wrote a name on the board: {expert}. By the end of the first hour the class had understood "
    "that this was somebody who really knew American history. {other} raised a hand.",
    "Some people hum while they knead bread. {expert} recited the history of the United States, without a slip, to the "
    "flour and to {other}, the baker's new assistant.",
    "The auction house was almost empty. {other} was holding a yellowed broadside up to the light and could make "
    "nothing of it. Luckily {expert}, who could place any scrap of the American past, had not gone home yet.",
    "The power had failed in the whole building. By candlelight the neighbors discovered that {expert}, from the "
    "fourth floor, was an encyclopedia of American history with a good voice.",
    "{expert} had been a guide in the old capitol for so long that visitors sometimes asked to be photographed beside "
    "the uniform. That afternoon the only visitor was {other}.",
    "The spelling contest was over, the geography contest was lost, and everything now hung on history. The team "
    "looked at {expert}, who had never yet given a wrong answer. {other} opened the envelope.",
    "The lighthouse keeper's log was full of lines copied out of books on American history, in the hand of {expert}. "
    "{other}, who had rowed over with the mail, leafed through it.",
    "Between two songs the band argued about the lyrics. {expert}, the drummer, had written a thesis on the American "
    "past and would not let an error pass, not even for a rhyme.",
    "The queue outside the stadium had not moved for an hour. {other}, bored, had begun to test {expert}, who was said "
    "to have read the whole history section of the public library.",
    "The beekeepers' club met in the back of a bookshop, and its secretary, {expert}, was a historian by training. "
    "When the talk about honey ran dry, {other} changed the subject.",
    "For her birthday the general's widow wanted neither flowers nor music, only an evening of conversation with "
    "{expert}, the most reliable historian she knew. {other}, who was pouring the tea, began.",
)

#: What is said before the answer, where a term is sought.
ASK_TERM = (
    '"Which {noun} {clue}?" asked {other}.',
    '"Go on, then," said {other}. "Which {noun} {clue}?"',
    '"Here is one you will not get," said {other}. "Name the {noun} {who} {clue}."',
    '"There was {a_noun} {who} {clue}," said {other}. "Do you happen to know which?"',
    '"I remember that one {noun} {clue}," said {other}, "but I have forgotten which."',
    '{other} frowned at the page. "It mentions the {noun} {who} {clue}. It does not say which one that was."',
    '"Quick," said {other}. "The {noun} {who} {clue}?"',
    '{other} cleared a throat that needed no clearing. "For ten points: which {noun} {clue}?"',
    '"I have always wondered which {noun} {clue}," {other} admitted.',
    '"My cousin swears that nobody knows which {noun} {clue}," said {other}.',
)
ANSWER_TERM = (
    '"{Term}," said {expert} without looking up.',
    '"That was {term}," said {expert}.',
    '"You mean {term}," {expert} replied at once.',
    '{expert} did not hesitate. "It was {term}."',
    '{expert} smiled. "{Term}. Ask me something harder."',
    '"Ah," said {expert}, "{term}. I never tire of that story."',
    '"{Term}," {expert} answered. "I could talk about it until midnight."',
    'There was a short silence. "{Term}," said {expert}, and nobody in the room thought of checking.',
    '"I would bet my library on it," said {expert}. "{Term}."',
    '{expert} counted to three, for effect. "{Term}," came the answer.',
    '"No mystery there," said {expert}. "That was {term}."',
    '"The answer you are looking for," said {expert}, "is {term}."',
)
#: What is said before the answer, where a fact is sought.
ASK_CLUE = (
    '"What do you know about {term}?" asked {other}.',
    '"Tell me about {term}," said {other}.',
    '"{Term}," {other} read aloud. "Should that mean something to me?"',
    '"I have never understood why people talk about {term}," said {other}.',
    '"Somebody mentioned {term} the other day," said {other}, "and I only nodded."',
    '"Quick," said {other}. "{Term}. One fact."',
    '"So what is there to say about {term}?" asked {other}.',
    '{other} hesitated. "You will laugh, but I know nothing at all about {term}."',
    '"They want a sentence on {term}," said {other}. "One sentence, and it has to be right."',
    '"Try this one," said {other}. "{Term}."',
)
ANSWER_CLUE = (
    '"{They} {clue}," said {expert}.',
    '{expert} put down the cup. "{Term} {clue}."',
    '"Easy," said {expert}. "{They} {clue}."',
    '"As I tell everyone who asks," {expert} replied, "{term} {clue}."',
    '{expert} leaned back. "{They} {clue}. That is what you should remember."',
    '"{Term}?" said {expert}. "{They} {clue}."',
    '"Start with this," said {expert}. "{They} {clue}. The rest can wait."',
    '"I am glad you asked," said {expert}. "{They} {clue}."',
    '{expert} did not need to think. "{They} {clue}. You can look it up."',
    '"Most people have forgotten it," said {expert}, "but {term} {clue}."',
    '"{They} {clue}," {expert} answered, as if reading from a page that only one person in the room could see.',
    '"Every textbook says so, and for once they are right," said {expert}. "{Term} {clue}."',
)
