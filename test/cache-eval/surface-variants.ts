import type { Random } from './random.ts'

/** The same question, said or typed in another way; `null` where there is nothing to change. */
export type Variant = (question: string, random: Random) => string | null

const SHORTENED: readonly (readonly [long: RegExp, short: string])[] = [
  [/\bWhat is\b/i, "What's"],
  [/\bWho is\b/i, "Who's"],
  [/\bWhere is\b/i, "Where's"],
  [/\bdo not\b/i, "don't"],
  [/\bdoes not\b/i, "doesn't"],
  [/\bdid not\b/i, "didn't"],
  [/\bcannot\b/i, "can't"],
  [/\bis not\b/i, "isn't"],
  [/\bare not\b/i, "aren't"],
  [/\bwill not\b/i, "won't"],
  [/\bI am\b/i, "I'm"],
  [/\bI have\b/i, "I've"],
  [/\bit is\b/i, "it's"],
]
const BEFORE = [
  'Please, ',
  'Could you please tell me: ',
  'Quick question: ',
  "I'd like to know, ",
  'Can you tell me, ',
  'I was wondering, ',
  'Excuse me, ',
  'Do you know ',
]
const AFTER = [
  ', please',
  ' Thanks!',
  ' Thank you.',
  ', thanks in advance',
  ' Please let me know, thank you!',
  ' Many thanks',
]
const GREETINGS = ['Hi, ', 'Hello! ', 'Hey there, ', 'Good morning. ', 'Dear team, ', 'Hi there! ', 'Greetings, ']
/** Changes after which it is said less formally; `lower` makes a sentence of what follows a comma. */
const lower = (text: string) =>
  /^(?:I|I'.*|[A-Z]{2,}.*)(?:\s|$)/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)

export const VARIANTS: Readonly<Record<string, Variant>> = {
  contraction(question, random) {
    const fitting = SHORTENED.filter(([long]) => long.test(question))
    if (fitting.length === 0) return null
    const [long, short] = random.pick(fitting)
    const said = question.replace(long, (found) =>
      found[0] === found[0]!.toLowerCase() ? short.toLowerCase().replace(/^i'/, "I'") : short,
    )
    return random.next() < 0.4 ? said.replace("'", '') : said
  },
  politeness(question, random) {
    // One tells nobody an order.
    const asks = /^(?:[WH]|Is|Are|Do|Did|Can|Should|Must)/.test(question)
    const politely = asks && random.next() < 0.6 ? random.pick(BEFORE) + lower(question) : question
    if (politely !== question && random.next() < 0.6) return politely
    const after = random.pick(AFTER)
    return after.startsWith(',') ? `${politely.replace(/[?.]$/, '')}${after}?` : politely + after
  },
  greeting: (question, random) => random.pick(GREETINGS) + (random.next() < 0.5 ? question : lower(question)),
  typo(question, random) {
    const words = question.split(' ')
    const candidates = words.flatMap((word, index) => (/^[a-z]{5,}[?.,]?$/.test(word) ? [index] : []))
    if (candidates.length === 0) return null
    const at = random.pick(candidates)
    words[at] = mistype(words[at]!, random)
    return words.join(' ') === question ? null : words.join(' ')
  },
  punctuation: (question, random) =>
    random.pick([
      () => question.replace(/[?.!,]/g, ''),
      () => question.replace(/[?.!]$/, '??'),
      () => question.replace(/[?.!]$/, ' ?'),
      () => question.replace(/[?.!]$/, '!?'),
      () => `"${question}"`,
      () => question.replace(/[?.!]$/, '...'),
    ])(),
  casing: (question, random) =>
    random.pick([
      () => question.toLowerCase(),
      () => question.toUpperCase(),
      () => question.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
      () => question.charAt(0).toLowerCase() + question.slice(1),
    ])(),
  unicode: (question, random) =>
    random.pick([
      () => question.replace(/'/g, '\u2019').replace(/ /, '\u00A0'),
      () => question.replace(/ /g, '\u00A0'),
      () => question.replace(/ /, ' \u200B'),
      () => `\uFEFF${question}`,
      () => question.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
      () => question.replace(/[?]$/, '\uFF1F'),
      () => `\u201C${question}\u201D`,
      () => question.normalize('NFD'),
    ])(),
  whitespace: (question, random) =>
    random.pick([
      () => `  ${question}  `,
      () => question.replace(/ /g, '  '),
      () => `${question}\n`,
      () => question.replace(/ /, '\t'),
      () => question.replace(/ /, '\n'),
    ])(),
}

/** One slip of the hand: two letters swapped, one left out, one typed twice, or the key beside it. */
function mistype(word: string, random: Random): string {
  const letters = word.replace(/[?.,]$/, '')
  const tail = word.slice(letters.length)
  const at = 1 + random.below(letters.length - 2)
  const [before, after] = [letters.slice(0, at), letters.slice(at + 1)]
  const slip = random.pick([
    () => before + after.charAt(0) + letters[at] + after.slice(1),
    () => before + after,
    () => before + letters[at] + letters[at] + after,
    () => before + beside(letters[at]!, random) + after,
  ])()
  return slip + tail
}

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

function beside(letter: string, random: Random): string {
  const row = ROWS.find((keys) => keys.includes(letter))!
  const at = row.indexOf(letter)
  return random.pick([row[at - 1], row[at + 1]].filter((key) => key !== undefined))
}
