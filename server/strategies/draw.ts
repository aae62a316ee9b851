import { hash } from 'node:crypto'

/** A number between 0 and 1, both excluded, that the text decides: the same text draws the same again. */
export function draw(text: string): number {
  return (Number.parseInt(hash('sha256', text).slice(0, 12), 16) + 1) / (2 ** 48 + 1)
}
