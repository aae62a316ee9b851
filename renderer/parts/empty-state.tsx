import { useQuery } from '@tanstack/react-query'
import { firstRequestCommand } from '../curl.ts'
import { sessionQuery } from '../queries.ts'
import { CopyButton } from './copy-button.tsx'

/** What to do when no request has come yet: a command that sends one to this very address. */
export function EmptyState() {
  const session = useQuery(sessionQuery).data
  if (session === undefined) return null
  const command = firstRequestCommand(location.origin, session)
  return (
    <section className="mx-auto w-full max-w-200 px-5 py-16">
      <p className="label mb-3 flex items-center gap-2">
        <span className="pulse" /> Listening
      </p>
      <h2 className="mb-2 text-xl font-medium">No request has come through yet</h2>
      <p className="mb-6 max-w-130 text-ink-2">
        Send one with the command below, or point an OpenAI client at{' '}
        <code className="font-mono text-sm text-ink">{location.origin}/v1</code>. It appears here as it happens.
      </p>
      <div className="flex items-start gap-3 border-y border-line py-3">
        <span className="pt-0.5 font-mono text-sm text-ink-3 select-none">$</span>
        <code className="min-w-0 flex-1 font-mono text-sm break-words text-ink">{command}</code>
        <CopyButton text={command} label="the command" />
      </div>
      {!session.anonymous && (
        <p className="mt-4 text-sm text-ink-2">
          Replace <code className="font-mono text-ink">gh-…</code> with a key.{' '}
          <code className="font-mono text-ink">gatehouse keys create --tenant NAME</code> makes one.
        </p>
      )}
    </section>
  )
}
