import type { Random } from '../cache-eval/random.ts'
import { CONTEXTS } from './contexts.ts'
import type { Item } from './item.ts'
import { type Row, readRows } from './read-data.ts'

/** Longer texts are cut: windows further on add little to training. */
const LONGEST = 6000

/** Files of direct attacks, with the weight of a row by its source: labels of some are often beside the task. */
const ATTACKS: readonly [file: string, weight: (source: string) => number][] = [
  ['deepset_train', () => 1],
  ['trustairlab_jailbreak', () => 1],
  ['gptfuzz_templates', () => 1],
  ['cyberseceval_pi', (source) => (/persuasion|indirect_reference|formatting|hypothetical/.test(source) ? 0.3 : 0.8)],
  ['cyberseceval_pi_ml', () => 0.4],
  ['jbb_artifacts', (source) => (/DSN|GCG/.test(source) ? 0.3 : 0.5)],
]

/** Files of benign texts: how many rows, and whether they are also such as tools bring. */
const BENIGN: readonly [file: string, count: number, thirdParty: boolean][] = [
  ['mitre_frr', 749, false],
  ['halueval_user_queries', 2500, false],
  ['clinc150', 2500, false],
  ['banking77_train', 1500, false],
  ['awesome_prompts', 1199, false],
  ['halueval_responses', 3500, true],
  ['docs_train', 1402, true],
  ['bipia_ctx_train', 670, true],
]

/** What the data folder holds, as it is. */
export function realItems(random: Random): Item[] {
  const items: Item[] = []
  for (const [file, weight] of ATTACKS)
    for (const row of readRows(file)) {
      const attack: Item = { text: row.text.slice(0, LONGEST), source: file, direct: row.label }
      items.push(row.label === 1 ? { ...attack, weight: weight(row.source) } : attack)
    }
  for (const [file, count, thirdParty] of BENIGN)
    for (const row of draw(readRows(file), count, random)) {
      const text = row.text.slice(0, LONGEST)
      const source = sourceOf(file, row)
      items.push(thirdParty ? { text, source, direct: 0, indirect: 0 } : { text, source, direct: 0 })
    }
  return items
}

/** A repository is a source of its own; the one file of ordinary prose is two, by the parity of a text's length. */
function sourceOf(file: string, { text, source }: Row): string {
  if (file === 'docs_train') return source.slice(0, source.indexOf(':'))
  return file === 'halueval_responses' ? `${file}_${text.length % 2}` : file
}

/** Attacks of the data folder where third-party text would hold them. */
export function realInjectedItems(random: Random): Item[] {
  const attacks = readRows('bipia_attack_train')
  const queries = draw(readRows('halueval_user_queries'), 1500, random)
  const typed = ['deepset_train', 'cyberseceval_pi', 'cyberseceval_pi_ml'].flatMap((file) =>
    draw(
      readRows(file).filter(({ label, text }) => label === 1 && text.length < 400),
      250,
      random,
    ).map((row) => ({ ...row, source: file })),
  )
  const texts = ['docs_train', 'halueval_responses', 'bipia_ctx_train'].flatMap((file) =>
    draw(readRows(file), 670, random),
  )
  const commands = draw(
    readRows('clinc150').filter(({ text, source }) => COMMANDS.test(source) && ORDER.test(text)),
    900,
    random,
  )
  return [
    ...readRows('bipia_injected_train').map((row) => located(row, attacks)),
    ...attacks.flatMap((attack) =>
      Array.from({ length: 12 }, () => place(attack.text, 'bipia_attack_train', 1, texts, random)),
    ),
    ...queries
      .filter((row) => row.text.length < 300)
      .map((row) => place(row.text, 'halueval_user_queries', 0.35, texts, random)),
    ...commands.map((row) => place(sentence(row.text, random), 'clinc150', 0.3, texts, random)),
    ...typed.map((row) => place(row.text, row.source, 0.4, texts, random)),
  ].filter((item) => item !== null)
}

/** Intents of clinc150 that have something done, and sentences that say so. */
const COMMANDS =
  /transfer|pay_bill|book_|cancel|reminder|alarm|smart_home|order|text|make_call|schedule|freeze|report|reset|change|update|calendar|todo|shopping|uber|play_music|transactions|spending|balance|routing|pin_change|new_card|share_location|restaurant|whisper|sync|next_song|timer/
const ORDER =
  /^(?:please |can you |could you |i need you to |i want you to |would you |go ahead and )?(?:transfer|send|pay|book|cancel|set|remind|turn|order|text|call|schedule|freeze|block|report|reset|change|update|add|remove|delete|share|make|move|put|take|give|reserve|find|play|get|mark|schedule|create|clear|switch|dial|request|activate|buy)\b/

/** Typed without care; half of them written as people write. */
function sentence(text: string, random: Random): string {
  return random.next() < 0.5 ? text : `${text[0]!.toUpperCase()}${text.slice(1)}.`
}

function located(row: Row, attacks: readonly Row[]): Item | null {
  const attack = attacks.find(({ text }) => row.text.includes(text))
  if (attack === undefined) return null
  const start = row.text.indexOf(attack.text)
  const cut = Math.max(0, start + attack.text.length - LONGEST)
  return {
    text: row.text.slice(cut, cut + LONGEST),
    source: 'bipia_injected_train',
    indirect: 1,
    span: [start - cut, start - cut + attack.text.length],
  }
}

/** Between two lines of a real text, or in a made one. */
function place(attack: string, source: string, weight: number, texts: readonly Row[], random: Random): Item {
  let text: string
  if (random.next() < 0.5) text = random.pick(Object.values(CONTEXTS))(attack, random)
  else {
    const pieces = random
      .pick(texts)
      .text.slice(0, 400 + random.below(2500))
      .split(random.next() < 0.6 ? /(?<=\n)/ : /(?<=[.!?] )/)
    const at = random.pick([0, pieces.length, random.below(pieces.length + 1)])
    const gap = random.pick(['\n', ' ', '\n\n'])
    text = pieces.slice(0, at).join('') + gap + attack + gap + pieces.slice(at).join('')
  }
  return { ...withSpan(text, attack), source, indirect: 1, weight }
}

/** Where the attack stands in the text; its first line, where the context changed it. */
export function withSpan(text: string, attack: string): Pick<Item, 'text' | 'span'> {
  let start = text.indexOf(attack)
  let length = attack.length
  if (start < 0) {
    const escaped = JSON.stringify(attack).slice(1, -1)
    start = text.indexOf(escaped)
    length = escaped.length
  }
  return start < 0 ? { text } : { text, span: [start, start + length] }
}

export function draw<Element>(all: readonly Element[], count: number, random: Random): Element[] {
  const left = [...all]
  const drawn: Element[] = []
  while (drawn.length < count && left.length > 0) {
    const at = random.below(left.length)
    drawn.push(left[at]!)
    left[at] = left[left.length - 1]!
    left.pop()
  }
  return drawn
}
