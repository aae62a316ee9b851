const VOWEL = /[aeiouy]/
const DOUBLE = /([bdgklmnprt])\1$/
/** Endings that make another word of the same root, as they are once the stem is cut; the longest that fits goes. */
const ENDINGS =
  `ization ational fulness iveness ousness ically ation ition ement ments ance ence ator atory abl ibl iti ity ively
ously ness ical anc enc ment ally ably ibly ativ itiv ism ist iv ous ful ial ian ant ent ary ery ory ion ing
iz at ic al ly er or ar an ed es en y i`
    .split(/\s+/)
    .sort((one, other) => other.length - one.length)
const SHORTEST_ROOT = 4
const LONGEST_ROOT = 7
const roots = new Map<string, string>()
const CACHED = 20_000
/** Forms that no ending tells. */
const IRREGULAR = new Map(
  `is be|are be|was be|were be|been be|am be|has have|had have|does do|did do|done do|went go|gone go|goes go|made make|
said say|took take|taken take|came come|gave give|given give|got get|gotten get|knew know|known know|saw see|seen see|
found find|told tell|became become|began begin|begun begin|left leave|kept keep|held hold|brought bring|wrote write|
written write|stood stand|lost lose|paid pay|met meet|sent send|built build|fell fall|fallen fall|sold sell|won win|
bought buy|led lead|grew grow|grown grow|drew draw|drawn draw|chose choose|chosen choose|broke break|broken break|
spoke speak|spoken speak|taught teach|thought think|felt feel|meant mean|ran run|sang sing|sung sing|wore wear|worn wear|
drove drive|driven drive|flew fly|flown fly|rose rise|risen rise|ate eat|eaten eat|fought fight|caught catch|
children child|men man|women woman|people person|feet foot|teeth tooth|mice mouse|criteria criterion|phenomena phenomenon|
analyses analysis|crises crisis|indices index|matrices matrix|lives life|wives wife|leaves leaf|halves half|
better good|best good|worse bad|worst bad|larger large|largest large|bigger big|biggest big|older old|oldest old|
earlier early|earliest early|higher high|highest high|lower low|lowest low|usa us|uk uk`
    .replaceAll('\n', '')
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]),
)

/** What the forms of a word share that mean the same: English endings of number, person and tense are cut off. */
export function stemOf(word: string): string {
  const irregular = IRREGULAR.get(word)
  return irregular ?? inflected(word)
}

/** What words of one family share, `popular` and `popularity`; of words in other languages their beginning. */
export function rootOf(stem: string): string {
  const known = roots.get(stem)
  if (known !== undefined) return known
  if (roots.size >= CACHED) roots.clear()
  const root = derived(stem)
  roots.set(stem, root)
  return root
}

function inflected(word: string): string {
  if (word.length < 4) return word
  let stem = word
  if (stem.endsWith('sses')) stem = stem.slice(0, -2)
  else if (stem.endsWith('ies') && stem.length > 4) stem = `${stem.slice(0, -3)}y`
  else if (stem.endsWith('s') && !/(?:ss|us|is)$/.test(stem)) stem = stem.slice(0, -1)
  const ending = stem.endsWith('ing') ? 3 : stem.endsWith('ed') ? 2 : 0
  if (ending > 0) {
    const bare = stem.slice(0, -ending)
    if (bare.length >= 3 && VOWEL.test(bare)) stem = DOUBLE.test(bare) && bare.length > 3 ? bare.slice(0, -1) : bare
    if (stem.endsWith('i')) stem = `${stem.slice(0, -1)}y`
  }
  if (stem.endsWith('e') && stem.length > 3) stem = stem.slice(0, -1)
  return stem.replace('our', 'or').replace(/is(?=$|ation$|er$)/, 'iz')
}

/** Twice: `popularity` is of `popular`. */
function derived(stem: string): string {
  const root = withoutEnding(withoutEnding(stem))
  return root.length > LONGEST_ROOT ? root.slice(0, LONGEST_ROOT) : root
}

function withoutEnding(stem: string): string {
  const ending = ENDINGS.find((each) => stem.length - each.length >= SHORTEST_ROOT && stem.endsWith(each))
  return ending === undefined ? stem : stem.slice(0, -ending.length)
}
