import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import type { OpaqueState } from '../../core/request.ts'
import type { DeltaContent, PartOpening, PartTracker } from '../part-tracker.ts'

/** What a chunk says of one call; absent members say nothing. */
export interface CallDelta {
  /** Of the vendor's numbering, where there is one. */
  index: number | null
  id: string
  name: string
  text: string
  custom: boolean
  state: OpaqueState | null
}

interface Call {
  key: string
  index: number | null
  id: string
  name: string
  custom: boolean
  /** All of its arguments so far. */
  text: string
  /** Those that have not been let on yet. */
  held: string
  state: OpaqueState | null
  stage: 'waiting' | 'open' | 'closed'
}

/** Content that came while a call's arguments were not complete. */
interface Other {
  opening: PartOpening
  content: DeltaContent
}

/**
 * Puts a choice's parts one after the other although vendors may mix the pieces of parallel calls. The call that is
 * open streams; what belongs elsewhere waits until the open call's arguments are whole JSON, or the choice ends.
 */
export class ToolCallSequence {
  readonly #tracker: PartTracker
  readonly #calls: Call[] = []
  #open: Call | null = null
  #waiting: (Call | Other)[] = []

  constructor(tracker: PartTracker) {
    this.#tracker = tracker
  }

  get called(): boolean {
    return this.#calls.some(({ id, name, text }) => id !== '' || name !== '' || text !== '')
  }

  /** Content of any other kind. */
  content(events: ChatEvent[], opening: PartOpening, content: DeltaContent): void {
    if (this.#open && isWhole(this.#open)) this.#close(events)
    if (this.#open || this.#waiting.length > 0) this.#waiting.push({ opening, content })
    else this.#tracker.delta(events, opening, content)
    this.#drain(events)
  }

  /** A piece of a call; `alone` when it is all of the call. Throws `upstream_invalid_reply` on what fits no call. */
  piece(events: ChatEvent[], delta: CallDelta, alone = false): void {
    const found = alone ? undefined : this.#find(delta)
    if (!found && delta.id === '' && delta.name === '' && delta.text === '') return
    const call = found ?? this.#add(delta)
    if (call.stage === 'closed') {
      if (delta.text.trim() === '' || delta.text === call.text) return
      throw new GatewayError('upstream_invalid_reply', `Arguments of the call of ${call.name} go on after their end.`)
    }
    if (call.name === '') call.name = delta.name
    if (call.id === '') call.id = delta.id
    call.state = delta.state ?? call.state
    call.text += delta.text
    call.held += delta.text
    if (this.#open === call) this.#emit(events, call)
    this.#drain(events)
  }

  /** The choice has ended: whatever waits is let on. */
  end(events: ChatEvent[]): void {
    this.#drain(events, true)
    this.#close(events)
  }

  /** The call that a piece belongs to. A new id with a name is a new call, even under a number in use. */
  #find({ index, id, name }: CallDelta): Call | undefined {
    const last = this.#calls.findLast((call) => index === null || call.index === index)
    const isNew = id !== '' && name !== '' && last !== undefined && last.id !== '' && last.id !== id
    if (index !== null) return isNew ? undefined : last
    const named = id === '' ? undefined : this.#calls.find((call) => call.id === id)
    // Without number and id, a name begins a call and anything else goes on with the last one.
    return named ?? (id !== '' || name !== '' ? undefined : last)
  }

  #add(delta: CallDelta): Call {
    const key = `tool-call ${this.#calls.length}`
    const { index, custom } = delta
    const call: Call = { key, index, id: '', name: '', custom, text: '', held: '', state: null, stage: 'waiting' }
    this.#calls.push(call)
    this.#waiting.push(call)
    return call
  }

  #drain(events: ChatEvent[], ended = false): void {
    while (this.#waiting.length > 0) {
      const next = this.#waiting[0]!
      if (this.#open && !ended && !isWhole(this.#open)) return
      // A call opens with its name, which may take a chunk longer.
      if ('key' in next && next.name === '' && !ended) return
      this.#close(events)
      this.#waiting.shift()
      if ('key' in next) this.#start(events, next)
      else this.#tracker.delta(events, next.opening, next.content)
    }
  }

  #start(events: ChatEvent[], call: Call): void {
    if (call.id === '' && call.name === '' && call.text === '') return
    // Results find their call by its id, so no two may share one.
    const taken = this.#calls.some((other) => other !== call && other.stage !== 'waiting' && other.id === call.id)
    if (call.id === '' || taken) call.id = newToolCallId()
    call.stage = 'open'
    this.#open = call
    this.#emit(events, call)
  }

  #emit(events: ChatEvent[], call: Call): void {
    const { key, id, name, custom, held: text, state } = call
    const opening = { kind: 'tool-call', key, id, name, ...(custom ? { custom } : {}) } as const
    this.#tracker.delta(events, opening, { text, ...(state ? { state } : {}) })
    call.held = ''
    call.state = null
  }

  #close(events: ChatEvent[]): void {
    if (!this.#open) return
    this.#open.stage = 'closed'
    this.#open = null
    this.#tracker.close(events)
  }
}

/** Whether arguments are complete; free text of a custom tool never says so. */
function isWhole(call: Call): boolean {
  if (call.custom || !call.text.trimEnd().endsWith('}')) return false
  try {
    JSON.parse(call.text)
    return true
  } catch {
    return false
  }
}
