import type { Reference, ReplyView } from '../../core/evaluation.ts'
import type { CleanContent } from '../../pipeline/afterwards/clean-content.ts'
import type { ItemDraft } from './item.ts'

/** Facts repeat from item to item; so many are remembered. */
const MOST_REMEMBERED = 10_000

/** Takes personal data and secrets out of items, as `clean` does it for texts that are kept. */
export class DraftCleaner {
  readonly #clean: CleanContent
  readonly #facts = new Map<string, string>()

  constructor(clean: CleanContent) {
    this.#clean = clean
  }

  /** `null`: it is too large to be kept. */
  async clean(draft: ItemDraft): Promise<ItemDraft | null> {
    const content = await this.#clean({ request: draft.request, reply: draft.reply })
    const reference = draft.reference && (await this.#reference(draft.reference))
    if (!content?.request || (draft.reference && !reference)) return null
    return { ...draft, request: content.request, reply: content.reply, reference, facts: await this.facts(draft.facts) }
  }

  async facts(facts: ItemDraft['facts']): Promise<Record<string, string>> {
    const cleaned: [string, string][] = []
    for (const [name, value] of Object.entries(facts)) {
      const known = this.#facts.get(value) ?? (await this.#reply({ text: value }))?.text ?? ''
      if (this.#facts.size >= MOST_REMEMBERED) this.#facts.clear()
      this.#facts.set(value, known)
      cleaned.push([name, known])
    }
    return Object.fromEntries(cleaned)
  }

  async #reference({ text, toolCalls, context }: Reference): Promise<Reference | null> {
    const said = await this.#reply({ text: text ?? '', toolCalls: toolCalls ?? [] })
    const rested = context === undefined ? null : await this.#reply({ text: context })
    if (said === null || (context !== undefined && rested === null)) return null
    return {
      ...(text === undefined ? {} : { text: said.text }),
      ...(toolCalls === undefined ? {} : { toolCalls: said.toolCalls }),
      ...(rested === null ? {} : { context: rested.text }),
    }
  }

  async #reply(reply: Partial<ReplyView>): Promise<ReplyView | null> {
    const whole = { text: '', refusal: '', toolCalls: [], finishReason: null, ...reply }
    return (await this.#clean({ request: null, reply: whole }))?.reply ?? null
  }
}
