import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProviderKindRow } from '../../server/http/admin/schemas.ts'
import { Failure } from '../parts/failure.tsx'
import { providerKindsQuery } from '../queries.ts'

/** The vendors and servers that can be added, to pick one by name. Enter in the field picks the first that is left. */
export function VendorList({ pick }: { pick: (kind: ProviderKindRow) => void }) {
  const kinds = useQuery(providerKindsQuery)
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = (kinds.data?.data ?? [])
    .filter(({ kind, label }) => `${kind} ${label}`.toLowerCase().includes(wanted))
    .sort((left, right) => left.label.localeCompare(right.label))
  const groups = [
    { name: 'On your own machines', kinds: found.filter((kind) => kind.self_hosted) },
    { name: 'Hosted', kinds: found.filter((kind) => !kind.self_hosted) },
  ].filter((group) => group.kinds.length > 0)
  const first = groups[0]?.kinds[0]
  return (
    <>
      <div className="px-5 pt-4 pb-2">
        <input
          type="search"
          className="field w-full"
          placeholder="Search vendors and servers"
          aria-label="Search vendors and servers"
          // biome-ignore lint/a11y/noAutofocus: the panel was opened to pick one
          autoFocus
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && first) pick(first)
          }}
        />
      </div>
      {kinds.error && <Failure what="The vendors" error={kinds.error} retry={() => void kinds.refetch()} />}
      {kinds.isPending && <p className="px-5 py-2 text-sm text-ink-3">Loading…</p>}
      {groups.map((group) => (
        <section key={group.name} aria-label={group.name}>
          <h3 className="label px-5 pt-3 pb-1">{group.name}</h3>
          {group.kinds.map((kind) => (
            <button key={kind.kind} type="button" className="vendor" onClick={() => pick(kind)}>
              <span className="truncate">
                {kind.label} <code className="pl-1 font-mono text-xs text-ink-3">{kind.kind}</code>
              </span>
              <span className="text-xs text-ink-3">{needsOf(kind)}</span>
            </button>
          ))}
        </section>
      ))}
      {kinds.data && found.length === 0 && (
        <p className="px-5 py-3 text-sm text-ink-2">
          No vendor has that name. Any server that speaks OpenAI’s chat completions can be added as{' '}
          <code className="font-mono">openai-compatible</code>.
        </p>
      )}
    </>
  )
}

function needsOf(kind: ProviderKindRow): string {
  const needs = [...(kind.needs_base_url ? ['its address'] : []), ...(kind.needs_key ? ['a key'] : [])]
  return needs.length === 0 ? '' : `needs ${needs.join(' and ')}`
}
