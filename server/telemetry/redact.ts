import type { Policy } from '../core/policy.ts'

/** Credentials by their shape: ours, the well-known prefixes of vendors, and whatever follows `Bearer`. */
const SHAPES = /\b(?:gh-|sk-|gsk_|xai-|hf_|r8_|AIza|AKIA)[\w*.-]{6,}|\bBearer\s+[\w.~+/=*-]{6,}/g
const SHORTEST_SECRET = 6
const MARK = '[redacted]'

/**
 * Takes out the values of the policy's own secrets, and anything that has the shape of a credential. `more`: secrets of
 * configs that are tried beside it; it may grow.
 */
export function redactor(policy: () => Policy, more: ReadonlySet<string> = new Set()): (text: string) => string {
  let known: readonly string[] = []
  let source: Policy | null = null
  let others = 0
  return (text) => {
    const current = policy()
    if (current !== source || more.size !== others) {
      source = current
      others = more.size
      known = [...current.secrets, ...more].filter((secret) => secret.length >= SHORTEST_SECRET)
    }
    let clean = text
    for (const secret of known) clean = clean.replaceAll(secret, MARK)
    return clean.replace(SHAPES, MARK)
  }
}
