import type { Generator } from './sets.ts'
import type { Variant } from './surface-variants.ts'

/**
 * A second generator, written apart from the first one and from the rules, so that it shows how they do with what others
 * think of. It was measured once before anyone looked at what it had found: 0 of 948 edits served, recall 97.3 %. What
 * that showed of general faults was mended afterwards, so its figures are now a little better than a new one's would be.
 */

const TEMPLATES = `
When was {person} born?
Is {person} {negation:still|no longer} the owner of {firm}?
What did {person} say to {person} in {town}?
Could {person} beat {person} at chess?
Tell me about the {ordinal} amendment.
Which bus goes from {town} to {town} on {day}?
I have {count} cats and {amount} dogs, is that too many?~
Why does my car {negation:start|never start} when it is {opposite:cold|hot} outside?
How many calories are in {count} {fruit}?
Give me a recipe for {dish} {negation:with|without} {allergen}.
Bake the {dish} for {count} minutes at {count} degrees {scale}.
What time is it in {town} when it is {clock} in {town}?
Summarize the meeting between {firm} and {firm}.~
Did {firm} acquire {firm} in {era}?
What is the exchange rate of the {coin} to the {coin}?
I owe my brother {cash}; he says it is {cash}, who is right?
What's the capital gains tax on {cash} earned in {era}?
Is it cheaper to fly {opposite:to|from} {town} on {day}?
Can my tenant keep a dog if the contract does {negation:allow|not allow} pets?
How do I write a letter {opposite:accepting|declining} an offer from {firm}?
Remind me of the phone number of {person}.
What's the side effect of taking {pill} {negation:with|without} food?
Is {pill} the same as {pill}?~
Can I drive {count} hours after taking {pill}?
How much {pill} should a dog of {count} {mass} get?
My blood pressure is {count} over {amount}, is that {opposite:high|low}?
What does the {part} of the body do?
Is {planet} {comparison:bigger|smaller} than {planet}?
How long does light take from {planet} to {planet}?~
What is the square root of {count}?
Round {decimal} to the nearest integer.
What is {count} to the power of {amount}?
Write a function that returns {boolean} if the array is {opposite:empty|full}.
Why does my query return {boolean} in {database}?
Move the file from {folder} to {folder}.
How do I {opposite:install|uninstall} {package} on {machine}?
Explain the difference between a {term} and a {term}.~
Does version {version} of {package} support {machine}?
Is the deadline for the application on {day} or has it {negation:passed|not passed}?
{question:Who|When|Where} did {person} marry?
{question:Why|How|When} was {firm} founded?
{question:How many|How much|How often} do employees in {town} get paid leave?
How do I appeal a fine of {cash} from {town}?
Was {person} {opposite:convicted|acquitted} of the crime in {era}?
Does a will need {count} witnesses in {town}?
Can a manager at {firm} reject a leave request {negation:with|without} giving a reason?
How many sick days may I take {comparison:before|after} my probation ends?
Who trained {person}, and did {person} ever train {person}?
Send the report to {person} and a copy to {person}.
Book a table for {count} at {clock} on {day}.
Is the {dish} in the canteen on {day} {opposite:vegetarian|non-vegetarian}?
Change my delivery address from {town} to {town}.
My order {order} has {negation:arrived|not arrived} yet.
I bought {count} tickets for {day}, can I change them to {day}?
What is the return policy for items {opposite:over|under} {cash}?
How far did {person} run on {day}: {count} {length} or more?
At what age can children {negation:fly|not fly} alone with {firm}?
Is the pool {opposite:open|closed} in {season}?
How high is the {ordinal} tallest building in {town}?
Who was the {ordinal} president of {country}?
Which country borders {country} to the {side}?
Is {country} {opposite:richer|poorer} than {country}?
Do people in {country} drive on the {opposite:left|right}?
What was the population of {country} in {era}?
`
  .trim()
  .split('\n')

const POOLS: Generator['pools'] = {
  person: {
    kind: 'name',
    values:
      'Marie Curie|Maria Curie|Jan Novak|Jana Novak|Erik Olsen|Erika Olsen|Tomas Berg|Thomas Borg|Nina Weber|Nino Weber|Dr. Khan|Dr. Kahn|Alan Reed|Allan Read|Chen Lu|Chen Liu|Fatima Ali|Fatma Ali'.split(
        '|',
      ),
  },
  town: {
    kind: 'place',
    values:
      'Lyon|Lyons Falls|Basel|Bastia|Oslo|Osaka|Lima|Limassol|Cork|York|Ghent|Genoa|Geneva|Tallinn|Turin|Tours|Nice|Riga|Split|Bath'.split(
        '|',
      ),
  },
  country: {
    kind: 'place',
    values:
      'Sweden|Switzerland|Latvia|Lithuania|Chad|Chile|China|Gambia|Zambia|Guinea|Guyana|Oman|Yemen|Uruguay|Paraguay'.split(
        '|',
      ),
  },
  firm: { kind: 'name', values: 'Nokia|Kia|Boeing|Bosch|Shell|Dell|Sony|Sonos|Ikea|Nike|Lego|Bayer|Bauer'.split('|') },
  count: {
    kind: 'number',
    values: '4|9|14|19|40|90|400|1400|fourteen|nineteen|seventy|eighty-one|three hundred|two'
      .split('|')
      .filter((value) => value !== 'fourteen' && value !== 'nineteen'),
  },
  amount: { kind: 'number', values: '6|16|61|sixty|eighteen|eighty|five|fifty'.split('|') },
  decimal: { kind: 'number', values: '1.5|15|0.15|15.1|1.55|-1.5|1,500'.split('|') },
  ordinal: { kind: 'number', values: 'first|second|third|fourth|5th|6th|13th|thirtieth'.split('|') },
  cash: {
    kind: 'number',
    values: '$9.99|$99.9|$999|€999|999 pounds|999 pesos|twenty euros|thirty euros|thirty dollars'.split('|'),
  },
  day: {
    kind: 'date',
    values:
      'Monday|Sunday|Friday the 13th|June 3|July 3|June 30|New Year|2024-05-06|2024-06-05|today|tomorrow|the day after tomorrow|3 October'.split(
        '|',
      ),
  },
  era: {
    kind: 'date',
    values:
      '1989|1998|2001|2010|the 1980s|the 1990s|last year|this year|the eighteenth century|the nineteenth century'.split(
        '|',
      ),
  },
  clock: { kind: 'date', values: '7 am|7 pm|8 pm|07:30|19:30|noon|half past seven|half past eight'.split('|') },
  season: { kind: 'date', values: 'spring|summer|autumn|winter|May|June'.split('|') },
  scale: { kind: 'unit', values: ['Celsius', 'Fahrenheit'] },
  mass: { kind: 'unit', values: 'kg|lbs|grams|stone'.split('|') },
  length: { kind: 'unit', values: 'km|miles|laps|meters'.split('|') },
  coin: { kind: 'unit', values: 'dollar|euro|pound|yen|franc|peso|krone|rupee'.split('|') },
  fruit: { kind: 'name', values: 'apples|pears|peaches|plums|dates|figs'.split('|') },
  dish: { kind: 'name', values: 'lasagna|ratatouille|risotto|paella|goulash|pancakes'.split('|') },
  allergen: { kind: 'name', values: 'nuts|milk|eggs|gluten|soy|fish'.split('|') },
  pill: {
    kind: 'name',
    values:
      'clonidine|clozapine|Celebrex|Celexa|hydroxyzine|hydralazine|tramadol|trazodone|lamotrigine|lamivudine'.split(
        '|',
      ),
  },
  part: { kind: 'name', values: 'liver|river valley|spleen|pancreas|kidney'.split('|') },
  planet: { kind: 'name', values: 'Mars|Venus|Saturn|Jupiter|Earth|Uranus'.split('|') },
  boolean: { kind: 'opposite', values: 'true|false|null'.split('|') },
  database: { kind: 'name', values: 'Oracle|Redis|Cassandra|DynamoDB|MariaDB'.split('|') },
  folder: { kind: 'name', values: '/tmp/a|/tmp/b|/home/ann|/home/anna|C:\\Data|C:\\Date'.split('|') },
  package: { kind: 'name', values: 'pandas|numpy|webpack|pytest|pytorch|react|preact'.split('|') },
  machine: { kind: 'name', values: 'Ubuntu|Debian|Windows 10|Windows 11|a Mac|a PC'.split('|') },
  term: { kind: 'name', values: 'lemma|theorem|class|struct|process|thread|mutex|semaphore'.split('|') },
  version: { kind: 'number', values: '1.2|1.20|2.1|1.2.1|12|v2'.split('|') },
  order: { kind: 'number', values: '#1001|#1010|#1100|99-1|99-7'.split('|') },
  side: { kind: 'opposite', values: 'north|south|east|west'.split('|') },
}

const around =
  (before: readonly string[], after: readonly string[]): Variant =>
  (question, random) => {
    const asks = /^(?:Wh|How|Is|Do|Did|Does|Can|Could|At what)/.test(question)
    if (asks && random.next() < 0.5) return random.pick(before) + small(question)
    return question + random.pick(after)
  }

function small(question: string): string {
  return /^I\b/.test(question) ? question : question.charAt(0).toLowerCase() + question.slice(1)
}

const VARIANTS: Generator['variants'] = {
  contraction(question, random) {
    const changed = question
      .replace(/\b(What|Who|Where|When|How)'s\b/, '$1 is')
      .replace(/\b(what|who|where|when|how) is\b/i, random.next() < 0.5 ? "$1's" : '$1s')
      .replace(/\b(does|did|do|is|was|has|are) not\b/i, random.next() < 0.7 ? "$1n't" : '$1nt')
      .replace(/\bI have\b/, random.next() < 0.5 ? "I've" : 'Ive')
      .replace(/\bit is\b/, random.next() < 0.5 ? "it's" : 'its')
    return changed === question ? null : changed
  },
  politeness: around(
    [
      'Please tell me: ',
      'Would you mind telling me, ',
      'I need to know: ',
      'Could you kindly tell me ',
      'May I ask ',
      'Pls, ',
      'Sorry to bother you, but ',
      'I want to know: ',
      'Just wondering, ',
    ],
    [
      ' please',
      ' Please and thank you.',
      ' Thanks a lot!',
      ' Thank you so much',
      ' thx',
      ' Any help is appreciated.',
      ' Thanks for your help!',
      ' Cheers.',
    ],
  ),
  greeting: (question, random) =>
    random.pick([
      'hello ',
      'Hi all, ',
      'Hey, ',
      'Good afternoon, ',
      'hi there - ',
      'Good evening! ',
      'Hello everyone. ',
      'Hey!! ',
    ]) + question,
  typo(question, random) {
    const words = question.split(' ')
    const at = random.pick(words.flatMap((word, index) => (/^[a-z]{6,}[?.,]?$/.test(word) ? [index] : [])))
    if (at === undefined) return null
    const word = words[at]!
    const place = 1 + random.below(word.length - 4)
    const slips = [
      word.slice(0, place) + word.slice(place + 1),
      word.slice(0, place) + word[place + 1] + word[place] + word.slice(place + 2),
      word.slice(0, place) + word[place] + word.slice(place),
    ]
    words[at] = random.pick(slips)
    return words[at] === word ? null : words.join(' ')
  },
  punctuation: (question, random) =>
    random.pick([
      question.slice(0, -1),
      `${question.slice(0, -1)} !!`,
      `(${question})`,
      `- ${question}`,
      question.replaceAll(',', ' ,'),
      `${question.slice(0, -1)}???`,
      `**${question}**`,
    ]),
  casing(question, random) {
    const style = random.below(3)
    return [...question]
      .map((letter) =>
        style === 0
          ? letter.toLowerCase()
          : style === 1
            ? letter.toUpperCase()
            : random.next() < 0.3
              ? letter.toUpperCase()
              : letter,
      )
      .join('')
  },
  unicode: (question, random) =>
    random.pick([
      question.replaceAll(' ', '\u2003'),
      question.replaceAll(' ', '\u202F'),
      question.replace(/[aeo]/, (letter) => `${letter}\u200D`),
      question.replaceAll("'", '\u02BC').replaceAll('-', '\u2011').concat('\u200E'),
      question.replace(/[A-Z]/, (letter) => String.fromCodePoint(0x1d400 + letter.charCodeAt(0) - 65)),
      `${question} \u{1F642}`,
      question.replace(/fi|ff/, (pair) => (pair === 'fi' ? '\uFB01' : '\uFB00')),
    ]),
  whitespace: (question, random) =>
    random.pick([
      `\n\n${question}`,
      question.replace(/ (?=\S+$)/, '\n'),
      question.split(' ').join(' \t'),
      `${question} \r\n`,
    ]),
}

export const HELD_OUT: Generator = { templates: TEMPLATES, pools: POOLS, variants: VARIANTS }
