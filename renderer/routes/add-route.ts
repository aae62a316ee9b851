import { isMap, isScalar, parseDocument } from 'yaml'
import { contentOf, firstThatSays } from './yaml-edit.ts'
import { afterComments, columnOf, inline, lastOffset, lineAfter, placeIn, putLines, type Ranged } from './yaml-text.ts'

const NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/

/** Why a route cannot have this name; `null` when it can. */
export function nameProblem(name: string, taken: Iterable<string>): string | null {
  if (!NAME.test(name)) return 'A name has letters, digits, ".", "_", ":" and "-", and begins with a letter or a digit.'
  return [...taken].includes(name) ? 'There is a route of that name.' : null
}

/** The text with one more route, of one target, at the end of the routes. Throws an Error where that cannot be done. */
export function addRoute(source: string, name: string, target: { provider: string; model: string }): string {
  const content = contentOf(source) as { routes?: Record<string, unknown> | null } | null
  const route = { targets: [target] }
  return firstThatSays({ ...content, routes: { ...content?.routes, [name]: route } }, [
    () => insert(source, [`${inline(name)}:`, '  targets:', `    - ${inline(target)}`]),
    () => {
      const document = parseDocument(source)
      document.setIn(['routes', name], document.createNode(route))
      return document.toString({ lineWidth: 0 })
    },
  ])
}

function insert(source: string, lines: readonly string[]): string | null {
  const routes = placeIn(parseDocument(source).contents, 'routes')?.pair.value
  if (!isMap(routes) || routes.flow || !isScalar(routes.items[0]?.key)) return null
  const column = columnOf(source, (routes as Ranged<typeof routes>).range[0])
  const end = afterComments(source, lineAfter(source, lastOffset(routes)), column)
  return putLines(
    source,
    end,
    lines.map((line) => ' '.repeat(column) + line),
  )
}
