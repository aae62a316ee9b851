import { useState } from 'react'
import { formatCount, formatPlural } from '../format.ts'
import type { JsonDiff, PathChange } from './json-diff.ts'

/** Rows that are drawn at once. */
const STEP = 200

/** The places where two JSON values differ, with what stands there on each side. */
export function JsonDiffTable({ diff: { changes, same }, label }: { diff: JsonDiff; label: string }) {
  const [shown, setShown] = useState(STEP)
  if (changes.length === 0)
    return (
      <p className="reply-note">
        No value differs, only the way they are written, if anything: {formatPlural(same, 'value')} compared.
      </p>
    )
  return (
    <>
      <table className="json-diff" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Path</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, shown).map((change) => (
            <tr key={change.path}>
              <th scope="row">{change.path || '(all of it)'}</th>
              <Value change={change} side="one" />
              <Value change={change} side="other" />
            </tr>
          ))}
        </tbody>
      </table>
      {shown < changes.length && (
        <button type="button" className="button mx-5 mt-2" onClick={() => setShown(shown + STEP)}>
          Show more of {formatCount(changes.length)}
        </button>
      )}
      {same > 0 && (
        <p className="reply-note">
          Besides, {formatPlural(same, 'value')} {same === 1 ? 'is' : 'are'} the same.
        </p>
      )}
    </>
  )
}

function Value({ change, side }: { change: PathChange; side: 'one' | 'other' }) {
  if (!(side in change)) return <td className="text-ink-3">not there</td>
  return (
    <td>
      <mark className="word-differs">{JSON.stringify(change[side], null, 2)}</mark>
    </td>
  )
}
