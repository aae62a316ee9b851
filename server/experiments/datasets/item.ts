import { hash } from 'node:crypto'
import stableStringify from 'safe-stable-stringify'
import type { DatasetItem, Split } from '../../core/dataset.ts'
import type { Reference, ReplyView, ToolCallView } from '../../core/evaluation.ts'
import type { ChatRequest } from '../../core/request.ts'
import { readRequestView } from '../../evaluators/request-view.ts'
import { draw } from '../../strategies/draw.ts'
import { plainForm } from './wire-request.ts'

/** An item to be, as it was found or given. */
export interface ItemDraft {
  request: ChatRequest
  reference: Reference | null
  reply: ReplyView | null
  facts: Readonly<Record<string, string>>
  /** `null`: by lot. */
  split: Split | null
  requestId: string | null
}

/** Share of the items that are kept for the test, where nothing is said. */
export const USUAL_TEST_SHARE = 0.2

const PROMPT_DIGITS = 8

/** `testShare`: of what has no split, by lot; the same content draws the same whatever stands beside it. */
export function finishItem(draft: ItemDraft, testShare: number): DatasetItem {
  const { user: _, ...request } = { ...draft.request, streamUsage: false }
  const plain = plainForm(request) ?? request
  const contentHash = hashOf(plain)
  return {
    ...draft,
    hash: contentHash,
    split: draft.split ?? (draw(`split\0${contentHash}`) < testShare ? 'test' : 'train'),
    request: plain,
    facts: withPrompt(draft.facts, plain),
  }
}

/** What a model is asked, whichever one it is and however it is sampled. */
function hashOf({ messages, tools, toolChoice, output }: ChatRequest): string {
  return hash('sha256', stableStringify({ messages, tools, toolChoice: toolChoice ?? null, output })!)
}

/** Which version of its prompt a request was made with: what the app calls it, else a hash of the system messages. */
function withPrompt(facts: ItemDraft['facts'], request: ChatRequest): ItemDraft['facts'] {
  const prompt = facts.prompt ?? facts['metadata.prompt_version'] ?? promptOf(readRequestView(request).system)
  return prompt === null ? facts : { ...facts, prompt }
}

/** `null` for no prompt. */
export function promptOf(system: string): string | null {
  return system === '' ? null : hash('sha256', system).slice(0, PROMPT_DIGITS)
}

/** `null` where nothing of it is there; blank texts say nothing. */
export function referenceOf(given: {
  text: string | null
  context: string | null
  toolCalls: readonly ToolCallView[] | null
}): Reference | null {
  const reference: Reference = {
    ...(given.text?.trim() ? { text: given.text } : {}),
    ...(given.toolCalls ? { toolCalls: given.toolCalls } : {}),
    ...(given.context?.trim() ? { context: given.context } : {}),
  }
  return Object.keys(reference).length === 0 ? null : reference
}
