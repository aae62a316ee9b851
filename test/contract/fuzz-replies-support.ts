import fc from 'fast-check'
import type { ChatDialectId } from '../../server/core/dialect-id.ts'
import type { ChatEvent, FinishReason, PartDelta, PartStart } from '../../server/core/events.ts'
import type { Citation, OpaqueState } from '../../server/core/request.ts'
import type { Usage } from '../../server/core/usage.ts'
import { collect } from '../../server/dialects/collect.ts'
import { reasoningOf, sealed, words } from './fuzz-requests-support.ts'

/** What a format can say of a reply, where they differ. */
export interface Abilities {
  /** Parts of one kind stay apart and in their order; else reasoning, text and calls come in this order, each joined. */
  ordered: boolean
  choices: number
  /** What they belong to. */
  citations: 'text' | 'reply' | 'none'
  finishes: readonly FinishReason[]
  counts: readonly (keyof Usage)[]
}

/** A part of a reply before it is cut into deltas. */
interface Draft {
  start: Pick<PartStart, 'kind' | 'id' | 'name'>
  text: string
  citations?: Citation[]
  state?: OpaqueState
}

const name = fc.stringMatching(/^[a-z][a-z_]{0,9}$/)
const json = fc.dictionary(name, fc.oneof(words, fc.integer(), fc.boolean()), { maxKeys: 3, noNullPrototype: true })

const call = fc.tuple(name, json).map(
  ([tool, args]): Draft => ({
    start: { kind: 'tool-call', name: tool },
    text: JSON.stringify(args),
  }),
)

/** Sources as another vendor's format has them: what they have in common must get through. */
const citation = fc.tuple(fc.webUrl({ size: 'small' }), words).map(([url, title]): Citation => {
  return { url, title, source: { dialect: 'cohere-chat', value: {} } }
})

function text(citations: boolean): fc.Arbitrary<Draft> {
  const sources = fc.array(citation, { maxLength: citations ? 2 : 0 })
  return fc.tuple(words, sources).map(
    ([said, list]): Draft => ({
      start: { kind: 'text' },
      text: said,
      ...(list.length === 0 ? {} : { citations: list }),
    }),
  )
}

function reasoning(dialect: ChatDialectId): fc.Arbitrary<Draft> {
  return reasoningOf(dialect).map((thought): Draft => ({ start: { kind: 'reasoning' }, ...thought }))
}

/** Gemini signs calls as well. */
function signed(dialect: ChatDialectId, draft: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> {
  if (dialect !== 'gemini') return draft
  const state = sealed.map((value): OpaqueState => ({ issuer: 'gemini', value }))
  return fc
    .tuple(draft, fc.option(state, { nil: undefined }))
    .map(([one, seal]) => (seal ? { ...one, state: seal } : one))
}

function drafts(dialect: ChatDialectId, { ordered, citations }: Abilities): fc.Arbitrary<Draft[]> {
  const thoughts = reasoning(dialect)
  const said = text(citations !== 'none')
  const calls = signed(dialect, call)
  if (ordered) return fc.array(fc.oneof(thoughts, said, calls), { minLength: 1, maxLength: 5 })
  return fc
    .tuple(fc.array(thoughts, { maxLength: 1 }), fc.array(said, { maxLength: 1 }), fc.array(calls, { maxLength: 3 }))
    .map((groups) => groups.flat())
}

/** A part's events; some deltas are empty. Citations follow the text they belong to, state comes last. */
function cutUp(choice: number, part: number, draft: Draft, cuts: readonly number[]): ChatEvent[] {
  const place = { choice, part }
  const marks = [0, ...cuts.map((cut) => cut % (draft.text.length + 1)).sort((a, b) => a - b), draft.text.length]
  const deltas = marks.slice(1).map(
    (end, index): PartDelta => ({
      type: 'part-delta',
      ...place,
      text: draft.text.slice(marks[index], end),
    }),
  )
  for (const cited of draft.citations ?? []) deltas.push({ type: 'part-delta', ...place, text: '', citation: cited })
  if (draft.state) deltas.push({ type: 'part-delta', ...place, text: '', state: draft.state })
  return [{ type: 'part-start', ...place, ...draft.start }, ...deltas, { type: 'part-end', ...place }]
}

const numbers = fc.tuple(fc.nat(999), fc.nat(99), fc.nat(99), fc.nat(500), fc.nat(99))
const usage = numbers.map(
  ([input, cacheRead, cacheWrite, output, thoughts]): Usage => ({
    input: input + 1,
    cacheRead,
    cacheWrite,
    output: output + thoughts,
    reasoning: thoughts,
    audioInput: 0,
    audioOutput: 0,
    raw: null,
    estimated: false,
  }),
)

/** A whole reply as a provider could send it; events of several choices come mixed. */
export function replies(dialect: ChatDialectId, abilities: Abilities): fc.Arbitrary<ChatEvent[]> {
  const choice = fc.tuple(
    drafts(dialect, abilities),
    fc.constantFrom(...abilities.finishes),
    fc.array(fc.nat(40), { maxLength: 3 }),
  )
  return fc
    .tuple(fc.array(choice, { minLength: 1, maxLength: abilities.choices }), usage, fc.array(fc.boolean()), name)
    .map(([choices, counted, turns, id]) => {
      const lists = choices.map(([parts, finish, cuts], index): ChatEvent[] => [
        ...parts.flatMap((draft, part) => cutUp(index, part, withId(draft, `call_${index}_${part}`), cuts)),
        { type: 'finish', choice: index, reason: finishOf(parts, finish), raw: null },
      ])
      return [
        { type: 'reply-start', id, model: 'm', created: 1_700_000_000 },
        ...mixed(lists, turns),
        { type: 'usage', usage: counted },
      ]
    })
}

function withId(draft: Draft, id: string): Draft {
  return draft.start.kind === 'tool-call' ? { ...draft, start: { ...draft.start, id } } : draft
}

/** A reply that calls tools and was not cut short ended for them. */
function finishOf(parts: readonly Draft[], finish: FinishReason): FinishReason {
  const called = parts.some(({ start }) => start.kind === 'tool-call')
  return finish === 'stop' && called ? 'tool-calls' : finish
}

function mixed(lists: readonly (readonly ChatEvent[])[], turns: readonly boolean[]): ChatEvent[] {
  const queues = lists.map((list) => [...list])
  const all: ChatEvent[] = []
  for (let turn = 0; queues.some((queue) => queue.length > 0); turn += 1) {
    const first = turns[turn % Math.max(1, turns.length)] ? queues : [...queues].reverse()
    all.push(first.find((queue) => queue.length > 0)!.shift()!)
  }
  return all
}

/** What events say, however they are cut; `counts` are the members of the usage that the format has. */
export function saidBy(events: readonly ChatEvent[], { counts, citations }: Abilities) {
  const reply = collect(events)
  return {
    model: reply.model,
    usage: counts.map((member) => reply.usage?.[member]),
    choices: reply.choices.map(({ index, finish, parts }) => {
      const all = joined(parts)
      if (citations !== 'reply') return { index, finish, parts: all }
      const urls = [...new Set(all.flatMap((part) => part.urls))].sort()
      const shown = all.filter(({ kind, said }) => kind !== 'text' || said !== '')
      return { index, finish, urls, parts: shown.map((part) => ({ ...part, urls: [] })) }
    }),
  }
}

type Collected = ReturnType<typeof collect>['choices'][number]['parts'][number]

/** Texts that follow each other are one text; a call's arguments are what they parse to. */
function joined(parts: readonly Collected[]) {
  const all: {
    kind: string
    id: string | null
    name: string | null
    said: unknown
    urls: unknown[]
    state: unknown
  }[] = []
  for (const { kind, id, name: called, text: said, citations, state } of parts) {
    const last = all.at(-1)
    const urls = citations.map(({ url }) => url)
    if (kind === 'text' && last?.kind === 'text') {
      last.said = `${last.said}${said}`
      last.urls.push(...urls)
    } else {
      const value = kind === 'tool-call' ? JSON.parse(said) : said
      all.push({ kind, id, name: called, said: value, urls, state: isItemState(state) ? null : state })
    }
  }
  return all
}

/** Responses names its items: that came with the writing. */
function isItemState(state: OpaqueState | null): boolean {
  return state?.issuer === 'openai-responses' && 'item' in (state.value as object)
}
