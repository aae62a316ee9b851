import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { CodeBlock } from '../parts/code-block.tsx'

const exact = `routes:
  support:
    targets: […]
    cache: { mode: exact, ttl: 1h }`
const semantic = exact.replace('mode: exact', 'mode: semantic')

/** What to do where no route gives replies again, or none compares questions. */
export function NoCache({ kind }: { kind: 'exact' | 'semantic' }) {
  return kind === 'exact' ? (
    <Advice title="No route caches yet" code={exact}>
      A route that caches gives a kept reply to the same request, to callers of the same tenant only. Add a{' '}
      <code className="font-mono text-sm text-ink">cache</code> to it, in its form or as YAML.
    </Advice>
  ) : (
    <Advice title="No route compares questions yet" code={semantic}>
      With <code className="font-mono text-sm text-ink">mode: semantic</code> a route also answers a question that says
      the same in other words. What it would have answered wrongly is estimated and shown here.
    </Advice>
  )
}

function Advice({ title, code, children }: { title: string; code: string; children: ReactNode }) {
  return (
    <section className="mx-auto w-full max-w-150 px-5 py-14">
      <h2 className="mb-2 text-xl font-medium">{title}</h2>
      <p className="mb-5 text-ink-2">{children}</p>
      <CodeBlock text={code} label="a route that caches" />
      <Link href="/routes" className="button button-strong mt-5">
        Open Routes
      </Link>
    </section>
  )
}
