import { parseDocument } from 'yaml'

/** The text of a config file with one more provider; everything else stays as it is written, comments too. */
export function addProvider(source: string, id: string, provider: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(source)
  const node = document.createNode(provider)
  if (document.has('providers')) document.setIn(['providers', id], node)
  else document.set('providers', document.createNode({ [id]: provider }))
  return document.toString({ lineWidth: 0 })
}
