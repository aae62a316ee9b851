import { providerColour } from '../provider-colour.ts'

const RAMP = 10

/** A colour of its own for each line: its provider’s, or the next that is free where that is taken. */
export function tokensOf(providers: readonly string[]): string[] {
  const taken = new Set<number>()
  return providers.map((provider) => {
    let place = Number(/\d+/.exec(providerColour(provider))![0])
    while (taken.has(place) && taken.size < RAMP) place = (place + 1) % RAMP
    taken.add(place)
    return `--provider-${place}`
  })
}
