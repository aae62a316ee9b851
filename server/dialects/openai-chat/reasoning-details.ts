import type { Json } from '../members.ts'

/** Members that a stream sends in pieces; of any other the last value counts. */
const PIECES = ['text', 'summary', 'data'] as const

/**
 * Adds what a chunk brings to OpenRouter's `reasoning_details`: pieces of one kind and index, one after the other,
 * are one entry (https://openrouter.ai/docs/use-cases/reasoning-tokens#streaming-response).
 */
export function addDetails(list: Json[], added: readonly Json[]): void {
  for (const piece of added) {
    const last = list.at(-1)
    if (!last || last.type !== piece.type || last.index !== piece.index || differs(last.id, piece.id)) {
      list.push({ ...piece })
      continue
    }
    for (const [name, value] of Object.entries(piece)) {
      const isPiece = (PIECES as readonly string[]).includes(name) && typeof last[name] === 'string'
      if (isPiece) last[name] = `${last[name]}${value ?? ''}`
      else if (value !== null) last[name] = value
    }
  }
}

function differs(left: unknown, right: unknown): boolean {
  return typeof left === 'string' && typeof right === 'string' && left !== right
}

/** What can be read of the details. */
export function detailsText(details: readonly Json[]): string {
  return details.map(({ text, summary }) => [text, summary].find((value) => typeof value === 'string') ?? '').join('')
}
