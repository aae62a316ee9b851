/**
 * Takes the one-time code of a sign-in link, `/#code=…`, out of the address; called before anything else runs, so
 * that the code reaches neither the history nor a bookmark. A fragment is never sent to a server. Null without one.
 */
export function takeCodeFromAddress(): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get('code')
  if (code !== null) history.replaceState(history.state, '', location.pathname + location.search)
  return code
}
