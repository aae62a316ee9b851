import type { Check } from './check.ts'

/** A part of the run that is no comparison of callers but a load of its own kind. */
export interface Part {
  /** As `--only` takes it. */
  name: string
  run(options: { quick: boolean; seed: number }): Promise<PartResult>
}

export interface PartResult {
  /** Tables and words. */
  text: string
  checks: readonly Check[]
}
