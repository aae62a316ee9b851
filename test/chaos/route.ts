/** The gateway's routes in the laboratory: all that differs from what a route has of itself is said here. */

/** The callers' deadline. */
export const DEADLINE_MS = 3000
/** How long one try may take until content comes, of the gateway's attempts and of naive retries alike. */
export const TRY_MS = 1000

/** Members that every route has. A minute of the world is a second or two here, and so are the times. */
const USUAL = {
  strategy: 'weighted',
  sticky: 'none',
  timeouts: { connect: '1s', first_token: '1s', idle: '1s', total: '3s' },
  breaker: { cooldown: '2s' },
}

export function routeOver(providers: readonly string[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...USUAL, targets: providers.map((provider) => ({ provider, model: 'm' })), ...more }
}

/** For the reader of the tables. */
export const ROUTE_TEXT = `route: ${JSON.stringify(USUAL).replaceAll('"', '').replaceAll(/[:,]/g, '$& ')}, all else as it is by default`
