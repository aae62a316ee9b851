/** Who asks. The tenant comes from the key alone (or from the loopback address), never from a header. */
export interface Caller {
  tenant: string
  team: string | null
  /** The key's id, `null` for an anonymous loopback caller. */
  key: string | null
  /** Routes the key may use; `null` means all. */
  routes: ReadonlySet<string> | null
  session: string | null
  user: string | null
  metadata: Readonly<Record<string, unknown>>
}
