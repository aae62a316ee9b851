/** What was promised of a scenario, and how it came out. */
export interface Check {
  what: string
  /** As measured, for people. */
  found: string
  /** `null`: it could not be tried here. */
  met: boolean | null
}

export function formatChecks(checks: readonly Check[]): string {
  return checks
    .map(
      ({ what, found, met }) => `  ${met === null ? 'not tried' : met ? 'met      ' : 'MISSED   '}  ${what}: ${found}`,
    )
    .join('\n')
}

/** Cut off, not rounded: 99.9 % is no less than that. */
export function percentExactly(share: number, digits: number): string {
  if (!Number.isFinite(share)) return '–'
  const factor = 10 ** (digits + 2)
  return `${((Math.floor(share * factor) / factor) * 100).toFixed(digits)} %`
}
