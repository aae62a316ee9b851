/** Provider + model. */
export interface Target {
  provider: string
  model: string
  weight: number
}

export function sameTarget(
  one: Pick<Target, 'provider' | 'model'>,
  other: Pick<Target, 'provider' | 'model'>,
): boolean {
  return one.provider === other.provider && one.model === other.model
}
