import { type Json, objectsOf } from '../members.ts'
import type { ItemContext, ItemWriter } from './item-writer.ts'
import { reasoningOf } from './own-state.ts'

type Kind = 'content' | 'summary'
/** How a paragraph of thoughts, or of their summary, is told. */
const WORDS = {
  content: {
    type: 'reasoning_text',
    text: 'response.reasoning_text',
    part: 'response.content_part',
    index: 'content_index',
  },
  summary: {
    type: 'summary_text',
    text: 'response.reasoning_summary_text',
    part: 'response.reasoning_summary_part',
    index: 'summary_index',
  },
} as const

/**
 * Reasoning. An item of this dialect's own comes with its paragraphs and ends as it came, with its seal; another's is
 * one paragraph of summary.
 */
export function reasoningWriter({ emit, outputIndex }: ItemContext, id: string): ItemWriter {
  const counts: Record<Kind, number> = { content: 0, summary: 0 }
  let own: Json | null = null
  let open: { kind: Kind; text: string } | null = null
  let all = ''
  emit('response.output_item.added', { output_index: outputIndex, item: { id, type: 'reasoning', summary: [] } })

  const placeOf = (kind: Kind) => ({ item_id: id, output_index: outputIndex, [WORDS[kind].index]: counts[kind] - 1 })
  const begin = (kind: Kind) => {
    end()
    counts[kind] += 1
    open = { kind, text: '' }
    emit(`${WORDS[kind].part}.added`, { ...placeOf(kind), part: { type: WORDS[kind].type, text: '' } })
    return open
  }
  const end = () => {
    if (!open) return
    const { kind, text } = open
    emit(`${WORDS[kind].text}.done`, { ...placeOf(kind), text })
    emit(`${WORDS[kind].part}.done`, { ...placeOf(kind), part: { type: WORDS[kind].type, text } })
    open = null
  }
  /** The kind of paragraph that a state announces: one more than before, with nothing in it yet. */
  const announced = (state: Json): Kind | null => {
    for (const kind of ['content', 'summary'] as const) {
      const list = objectsOf(state[kind])
      if (list.length > counts[kind] && list.at(-1)!.text === '') return kind
    }
    return null
  }

  return {
    takes: [],
    begin() {},
    delta({ text, state }) {
      const next = reasoningOf(state)
      own = next ?? own
      const kind = next && announced(next)
      if (kind) {
        // What came with it only divides the paragraphs.
        begin(kind)
        return
      }
      if (text === '') return
      const paragraph = open ?? begin('summary')
      paragraph.text += text
      all += text
      emit(`${WORDS[paragraph.kind].text}.delta`, { ...placeOf(paragraph.kind), delta: text })
    },
    endPart: end,
    close: () => ({ id, type: 'reasoning', summary: all === '' ? [] : [{ type: 'summary_text', text: all }], ...own }),
  }
}
