import type { OpaqueState } from '../../core/request.ts'
import { isObject, type Json } from '../members.ts'

/**
 * Opaque state of this dialect, by the member it came in, so that it goes back to the same place:
 * `reasoning_details` (OpenRouter, https://openrouter.ai/docs/use-cases/reasoning-tokens) and `thinking` (Mistral's
 * parts without their text) of reasoning, `extra_content` (Gemini's OpenAI endpoint,
 * https://ai.google.dev/gemini-api/docs/openai) of tool calls and text, `prompt_cache_breakpoint` of text.
 */
export function ownState(value: Json): OpaqueState {
  return { issuer: 'openai-chat', value }
}

/** The members of a state that this dialect has issued; none for another's. */
export function stateMembers(state: OpaqueState | null | undefined): Json {
  return state?.issuer === 'openai-chat' && isObject(state.value) ? state.value : {}
}

/** Whether reasoning came as one of Mistral's parts. */
export function isThinking(state: OpaqueState | null | undefined): boolean {
  return isObject(stateMembers(state).thinking)
}

/** Mistral's part of this text, as https://docs.mistral.ai/capabilities/reasoning has it. */
export function writeThinking(text: string, state: OpaqueState | null | undefined): Json {
  return { type: 'thinking', thinking: [{ type: 'text', text }], ...(stateMembers(state).thinking as Json) }
}
