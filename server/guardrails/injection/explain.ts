import { CUE_NAMES, type CueName } from './cue-names.ts'
import { NO_CUE } from './cues.ts'
import { tokenise } from './tokens.ts'

/** What a text found suspicious is most like. */
export type Category = 'injection' | 'jailbreak' | 'prompt-extraction' | 'indirect'

/** What families of words stand for, and what attack they speak for. */
const MEANINGS: Partial<Record<CueName, readonly [family: string, category: Category]>> = {
  ignore: ['setting instructions aside', 'injection'],
  prior: ['what was said before', 'injection'],
  instruction: ['instructions', 'injection'],
  now: ['new orders', 'injection'],
  say: ['what to answer', 'injection'],
  free: ['freedom from rules', 'jailbreak'],
  limit: ['limits and ethics', 'jailbreak'],
  persona: ['playing a part', 'jailbreak'],
  refuse: ['refusing and warning', 'jailbreak'],
  harm: ['doing harm', 'jailbreak'],
  reveal: ['showing something', 'prompt-extraction'],
  secret: ['secrets', 'prompt-extraction'],
  system: ['the system and its makers', 'prompt-extraction'],
  exact: ['word-for-word repetition', 'prompt-extraction'],
  send: ['sending data', 'injection'],
  pay: ['moving money', 'injection'],
  destroy: ['deleting and switching off', 'injection'],
  open: ['access and permission', 'injection'],
  model: ['the model itself', 'injection'],
  tool: ['tools', 'injection'],
  hide: ['doing it unnoticed', 'injection'],
}
/** `reveal` and `say` are common words; rarer families tell more. */
const RARITY: Partial<Record<CueName, number>> = {
  ignore: 3,
  free: 3,
  secret: 2,
  exact: 2,
  limit: 2,
  harm: 2,
  persona: 1.5,
}

/** The family that stands out most in a piece of text, and the kind of attack that it and the others speak for. */
export function explain(text: string): { family: string; category: Category } {
  const tokens = tokenise(text)
  const families = new Map<CueName, number>()
  const categories = new Map<Category, number>()
  for (let token = 0; token < tokens.count; token++) {
    if (tokens.cue[token] === NO_CUE) continue
    const name = CUE_NAMES[tokens.cue[token]! - 1]!
    const meaning = MEANINGS[name]
    if (meaning === undefined) continue
    const weight = RARITY[name] ?? 1
    families.set(name, (families.get(name) ?? 0) + weight)
    categories.set(meaning[1], (categories.get(meaning[1]) ?? 0) + weight)
  }
  const family = largest(families)
  return {
    family: family === null ? 'the wording as a whole' : `words about ${MEANINGS[family]![0]}`,
    category: largest(categories) ?? 'injection',
  }
}

function largest<Key>(counts: ReadonlyMap<Key, number>): Key | null {
  let best: Key | null = null
  for (const [key, count] of counts) if (best === null || count > counts.get(best)!) best = key
  return best
}
