import type { Token } from './token.ts'

const NEGATED = new Map(
  'are could did do does had has have is might must need ought should was were would'
    .split(' ')
    .map((word) => [`${word}n't`, `${word} not`]),
)
const IRREGULAR: Readonly<Record<string, string>> = {
  "can't": 'can not',
  cannot: 'can not',
  "won't": 'will not',
  "shan't": 'shall not',
  "ain't": 'is not',
  "y'all": 'you all',
  gonna: 'going to',
  wanna: 'want to',
  gotta: 'got to',
  gimme: 'give me',
  lemme: 'let me',
  dunno: 'do not know',
  u: 'you',
  ur: 'your',
  thru: 'through',
  bcoz: 'because',
  coz: 'because',
  cuz: 'because',
  pls: 'please',
  plz: 'please',
  plss: 'please',
  thx: 'thanks',
  thanx: 'thanks',
  tnx: 'thanks',
}
/** Written without the apostrophe where that is no other word. */
const BARE = new Map([
  ...[...NEGATED, ["can't", 'can not'] as const, ["won't", 'will not'] as const, ["ain't", 'is not'] as const].map(
    ([word, long]) => [word.replace("'", ''), long] as const,
  ),
  ...'what where who when how why that there here'.split(' ').map((word) => [`${word}s`, `${word} is`] as const),
  ['im', 'i am'],
  ['ive', 'i have'],
  ['youre', 'you are'],
  ['youve', 'you have'],
  ['youll', 'you will'],
  ['theyre', 'they are'],
  ['theyve', 'they have'],
  ['theyll', 'they will'],
  ['weve', 'we have'],
  ['itll', 'it will'],
  ['whatll', 'what will'],
  ['whatre', 'what are'],
] as const)
/** After these `'s` is a verb, after others it says whose something is. */
const BEFORE_IS = new Set(
  'what where who when how why which that there here it he she this everything something everyone someone nothing'.split(
    ' ',
  ),
)
const ENDINGS: readonly (readonly [ending: string, word: string])[] = [
  ["'re", 'are'],
  ["'ve", 'have'],
  ["'ll", 'will'],
  ["'d", 'would'],
  ["'m", 'am'],
]

/** Writes English contractions out, with and without their apostrophes; drops the mark of the genitive. */
export function expandContractions(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => {
    if (token.kind !== 'word') return [token]
    // `U` and `UR` are more than how some write `you` and `your`.
    const long =
      token.text.length <= 2 && token.written !== token.text && token.text !== 'im' ? null : expand(token.text)
    if (long === null) return [token]
    return long
      .split(' ')
      .map((text, index) => (index === 0 ? { ...token, text } : { ...token, text, written: text, first: false }))
  })
}

function expand(word: string): string | null {
  const known = NEGATED.get(word) ?? IRREGULAR[word] ?? BARE.get(word)
  if (known !== undefined) return known
  const at = word.indexOf("'")
  if (at < 0) return null
  for (const [ending, full] of ENDINGS) if (word.endsWith(ending)) return `${word.slice(0, -ending.length)} ${full}`
  if (word === "let's") return 'let us'
  if (word.endsWith("'s")) {
    const stem = word.slice(0, -2)
    return BEFORE_IS.has(stem) ? `${stem} is` : stem
  }
  // A single letter with a mark is a formula’s.
  return word.endsWith("'") && word.length > 2 ? word.slice(0, -1) : null
}
