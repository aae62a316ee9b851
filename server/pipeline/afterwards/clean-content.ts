import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ReplyView, ToolCallView } from '../../core/evaluation.ts'
import type { Content } from '../../core/experiment.ts'
import type { GuardContext, Guardrail, GuardServices, Inspection } from '../../core/guardrail.ts'
import type { ChatRequest, Part } from '../../core/request.ts'
import { guardrails } from '../../guardrails/index.ts'
import { inOrder } from '../guarding/placeholders.ts'
import { slotsOf, slotsOfCall } from '../guarding/slots.ts'

/** Characters of one text, and of all of them, beyond which texts are not kept. */
const LONGEST_TEXT = 64 * 1024
const LONGEST = 256 * 1024
/** What must not stand in texts that are kept. */
const FINDERS = ['pii', 'secrets'] as const

/** Takes what is secret or personal out of texts. `null`: they are too large to be kept. */
export type CleanContent = (content: Content) => Promise<Content | null>

/**
 * Makes texts fit to be kept: personal data and secrets give way to `[EMAIL]` and the like, whatever the route's
 * guardrails do, and `redact` takes out the config's own. It pauses between texts, so that nobody is held up.
 */
export function contentCleaner(redact: (text: string) => string): CleanContent {
  let finders: readonly Guardrail[] | null = null
  return async ({ request, reply }) => {
    finders ??= FINDERS.flatMap((kind) => guardrails.get(kind)?.create({}) ?? [])
    const clean = (text: string) => redact(finders!.reduce(hide, text))
    const copy = structuredClone({ request, reply })
    const slots = [...(copy.request ? slotsOf(copy.request) : []), ...(copy.reply ? replySlots(copy.reply) : [])]
    const size = slots.reduce((sum, { text, call }) => sum + (call === 'leaf' ? 0 : text.length), 0)
    const isLarge = size + mediaSize(copy.request) > LONGEST || slots.some(({ text }) => text.length > LONGEST_TEXT)
    if (isLarge) return null
    for (const { text, call, write } of slots) {
      if (call === 'whole') continue
      const cleaned = clean(text)
      if (cleaned !== text) write(cleaned)
      if (text.length > LONGEST_TEXT / 16) await nextTurn()
    }
    return copy
  }
}

interface TextSlot {
  text: string
  call: 'whole' | 'leaf' | null
  write(text: string): void
}

function replySlots(reply: ReplyView): TextSlot[] {
  const texts = (['text', 'refusal'] as const).map((name) => ({
    text: reply[name],
    call: null,
    write(text: string) {
      reply[name] = text
    },
  }))
  return [...texts, ...reply.toolCalls.flatMap((call: ToolCallView) => slotsOfCall(call, ''))]
}

/** Pictures and the like stay as they are: nobody reads them. */
function mediaSize(request: ChatRequest | null): number {
  const sizeOf = (part: Part): number => {
    if (part.type === 'media') return part.data?.length ?? 0
    return part.type === 'tool-result' ? part.parts.reduce((sum, inner) => sum + sizeOf(inner), 0) : 0
  }
  return request?.messages.flatMap(({ parts }) => parts).reduce((sum, part) => sum + sizeOf(part), 0) ?? 0
}

function hide(text: string, finder: Guardrail): string {
  const { matches } = finder.inspect({ text, origin: 'user', place: '' }, NO_CONTEXT) as Inspection
  let out = ''
  let end = 0
  for (const match of inOrder(matches)) {
    out += `${text.slice(end, match.start)}[${match.category}]`
    end = match.end
  }
  return out + text.slice(end)
}

/** These finders look at nothing but the text. */
const NO_CONTEXT: GuardContext = {
  stage: 'pre',
  tenant: '',
  route: '',
  systemPrompt: '',
  tools: [],
  signal: new AbortController().signal,
  services: {} as GuardServices,
}
