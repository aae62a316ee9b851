const TRIES = 500
const PAUSE_MS = 20

/** Asks again until there is an answer; what is still missing after ten seconds never comes. */
export async function until<T>(what: string, ask: () => T | null | false | Promise<T | null | false>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await ask()
    if (answer !== null && answer !== false) return answer
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  throw new Error(`waited in vain: ${what}`)
}
