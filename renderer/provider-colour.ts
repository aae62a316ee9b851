/** A colour for each provider that is the same on every screen, every day and in both themes. */

const rampLength = 10

/** The CSS colour for a provider's id: an FNV-1a hash into the ramp of the design tokens. */
export function providerColour(id: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  }
  return `var(--provider-${(hash >>> 0) % rampLength})`
}
