import { type ChatEvent, type PartDelta, type PartKind, partKey } from '../../core/events.ts'

/** Puts what a caller sent back into the reply to it, also where a placeholder comes in pieces. */
export class Restorer {
  readonly #replace: (text: string, isJson: boolean) => string
  /** Every beginning of a placeholder that is not yet whole. */
  readonly #beginnings = new Set<string>()
  readonly #longest: number
  /** Something was put back. */
  changed = false
  readonly #open = new Map<string, { kind: PartKind; held: string }>()

  /** `originals` by placeholder. */
  constructor(originals: ReadonlyMap<string, string>) {
    const spellings = new Map<string, string>()
    for (const [name, original] of originals)
      for (const spelling of spellingsOf(name)) spellings.set(spelling, original)
    for (const spelling of spellings.keys())
      for (let length = 1; length < spelling.length; length++) this.#beginnings.add(spelling.slice(0, length))
    this.#longest = Math.max(...[...spellings.keys()].map(({ length }) => length))
    const any = new RegExp([...spellings.keys()].map(escapeRegExp).join('|'), 'g')
    this.#replace = (text, isJson) =>
      text.replace(any, (spelling) => {
        const original = spellings.get(spelling)!
        this.changed = true
        return isJson ? JSON.stringify(original).slice(1, -1) : original
      })
  }

  /** What goes to the client for an event of the reply. */
  restore(event: ChatEvent): ChatEvent[] {
    switch (event.type) {
      case 'part-start':
        this.#open.set(partKey(event), { kind: event.kind, held: '' })
        return [event]
      case 'part-delta':
        return this.#delta(event)
      case 'part-end': {
        const rest = this.#open.get(partKey(event))?.held ?? ''
        this.#open.delete(partKey(event))
        const { choice, part } = event
        return rest === '' ? [event] : [{ type: 'part-delta', choice, part, text: rest }, event]
      }
      default:
        return [event]
    }
  }

  #delta(event: PartDelta): ChatEvent[] {
    const open = this.#open.get(partKey(event))
    const { value, citation } = event
    const clean = {
      ...event,
      ...(value === undefined ? {} : { value: this.#deep(value) }),
      ...(citation === undefined ? {} : { citation: this.#deep(citation) as typeof citation }),
    }
    if (!open) return [clean]
    const text = open.held + event.text
    const keep = this.#unfinished(text)
    open.held = text.slice(text.length - keep)
    const whole = text.slice(0, text.length - keep)
    const restored = this.#replace(whole, open.kind === 'tool-call')
    const { logprobs, ...rest } = clean
    const isUntouched = restored === event.text
    return [{ ...rest, text: restored, ...(isUntouched && logprobs !== undefined ? { logprobs } : {}) }]
  }

  /** Length of a beginning of a placeholder at the end of a text. */
  #unfinished(text: string): number {
    for (let length = Math.min(this.#longest - 1, text.length); length > 0; length--)
      if (this.#beginnings.has(text.slice(text.length - length))) return length
    return 0
  }

  #deep(value: unknown): unknown {
    if (typeof value === 'string') return this.#replace(value, false)
    if (Array.isArray(value)) return value.map((item) => this.#deep(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.#deep(item)]))
  }
}

/** As it is, and as JSON and HTML write it, which models do as well. */
function spellingsOf(name: string): string[] {
  const inner = name.slice(1, -1)
  return [name, `\\u003c${inner}\\u003e`, `&lt;${inner}&gt;`]
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
