/**
 * Whether a request may go to a provider: what its route keeps in one place does not leave it. `allowed` are the residencies
 * of the route's own providers; `null` among them: the route says nothing of where its requests go.
 */
export function mayReside(residency: string | null, allowed: ReadonlySet<string | null>): boolean {
  return residency === 'local' || allowed.has(residency) || allowed.has(null)
}
