import type { ReplyView } from '../../core/evaluation.ts'
import type { Content } from '../../core/experiment.ts'
import type {
  LabelledTrace,
  TraceCandidate,
  TracePage,
  TraceWindow,
} from '../../stores/experiments/trace-candidates.ts'
import type { Reader } from '../../stores/reader.ts'
import { draw } from '../../strategies/draw.ts'
import { breather } from './breather.ts'
import type { DraftCleaner } from './clean-draft.ts'
import { type ItemDraft, referenceOf } from './item.ts'
import { labelFacts } from './label-facts.ts'
import { itemFacts, traceFacts } from './trace-facts.ts'
import { compileWhere, type Where } from './where.ts'

/** Stored requests that are looked at in one go. */
const SCANNED = 2000
/** Of those, texts that are read in one go. */
const READ = 50

/** Whether what was replied is how a reply should be. */
export type ReferenceChoice = 'none' | 'recorded'

/** Which stored requests are taken. */
export interface TraceSelection extends TraceWindow {
  /** Share of those that match; one is drawn for every larger share, too. */
  sample: number
  where: readonly Where[]
  limit: number
  reference: ReferenceChoice
}

/** Where items are taken from. */
export type ItemSource =
  | { kind: 'traces'; selection: TraceSelection }
  /** What people have labelled. */
  | { kind: 'labels'; route: string; limit: number; reference: ReferenceChoice }

/** What became of the stored requests that were looked at. */
export interface TraceTally {
  /** Callers' requests of the route. */
  requests: number
  /** Of those, the ones whose texts are kept. */
  kept: number
  /** Of those, the ones that meet the conditions. */
  matching: number
  /** Of those, the ones that were drawn and read. */
  drawn: number
}

/** Reads drafts of items out of stored traffic. */
export class TraceSource {
  readonly tally: TraceTally = { requests: 0, kept: 0, matching: 0, drawn: 0 }
  readonly #reader: Reader
  readonly #cleaner: DraftCleaner

  constructor(reader: Reader, cleaner: DraftCleaner) {
    this.#reader = reader
    this.#cleaner = cleaner
  }

  /**
   * Of traffic the newest first, of what is labelled in the order of the queue. Throws `invalid_request` for conditions
   * that make no sense.
   */
  drafts(source: ItemSource, now: number): AsyncGenerator<ItemDraft> {
    if (source.kind === 'labels')
      return this.#read(this.#labelled(source.route, source.limit, now), source.reference, now)
    const { selection } = source
    return this.#read(this.#select(selection, compileWhere(selection.where), now), selection.reference, now)
  }

  async *#select(
    { sample, limit, route, from, to }: TraceSelection,
    matches: ReturnType<typeof compileWhere>,
    now: number,
  ): AsyncGenerator<TraceCandidate> {
    const breathe = breather()
    for (let before: string | null = null; ; ) {
      const page: TracePage = await this.#reader.ask('traceCandidates', { route, from, to }, before, SCANNED, now)
      this.tally.requests += page.requests
      this.tally.kept += page.candidates.length
      for (const trace of page.candidates) {
        await breathe()
        if (!matches(traceFacts(trace))) continue
        this.tally.matching += 1
        if (draw(`dataset\0${trace.request_id}`) >= sample) continue
        if (this.tally.drawn === limit) return
        this.tally.drawn += 1
        yield trace
      }
      if (page.next === null) return
      before = page.next
    }
  }

  async *#labelled(route: string, limit: number, now: number): AsyncGenerator<LabelledTrace> {
    for (let after = 0; ; ) {
      const page: LabelledTrace[] = await this.#reader.ask('labelledTraces', route, after, READ, now)
      for (const trace of page) {
        if (this.tally.drawn === limit) return
        for (const name of ['requests', 'kept', 'matching', 'drawn'] as const) this.tally[name] += 1
        yield trace
      }
      if (page.length < READ) return
      after = page.at(-1)!.item
    }
  }

  async *#read(
    traces: AsyncIterable<TraceCandidate | LabelledTrace>,
    reference: ReferenceChoice,
    now: number,
  ): AsyncGenerator<ItemDraft> {
    let batch: TraceCandidate[] = []
    for await (const trace of traces) {
      batch.push(trace)
      if (batch.length < READ) continue
      yield* this.#drafts(batch, reference, now)
      batch = []
    }
    yield* this.#drafts(batch, reference, now)
  }

  async *#drafts(
    traces: readonly (TraceCandidate | LabelledTrace)[],
    reference: ReferenceChoice,
    now: number,
  ): AsyncGenerator<ItemDraft> {
    const ids = traces.map(({ request_id }) => request_id)
    const contents = await this.#reader.ask<Map<string, Content>>('contents', ids, now)
    for (const trace of traces) {
      const { request, reply } = contents.get(trace.request_id) ?? { request: null, reply: null }
      if (request === null) continue
      const labels = 'labels' in trace ? labelFacts(JSON.parse(trace.labels)) : {}
      yield {
        request,
        reply,
        reference: reference === 'none' || reply === null ? null : recorded(reply),
        facts: await this.#cleaner.facts({ ...itemFacts(trace), ...labels }),
        split: null,
        requestId: trace.request_id,
      }
    }
  }
}

function recorded({ text, toolCalls }: ReplyView) {
  return referenceOf({ text, context: null, toolCalls: toolCalls.length === 0 ? null : toolCalls })
}
