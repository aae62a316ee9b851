import { Link } from 'wouter'
import { CodeBlock } from '../parts/code-block.tsx'

const example = `routes:
  support:
    targets: […]
    guardrails:
      - { use: injection, stage: context, action: block }
      - { use: pii, action: redact }
      - { use: secrets, action: block, mode: monitor }`

/** What to do where no route has a guardrail. */
export function NoGuardrails() {
  return (
    <section className="mx-auto w-full max-w-150 px-5 py-14">
      <h2 className="mb-2 text-xl font-medium">No route is guarded yet</h2>
      <p className="mb-5 text-ink-2">
        Guardrails look at requests, at what tools and documents bring into them, and at replies. Add{' '}
        <code className="font-mono text-sm text-ink">guardrails</code> to a route, or at the top of the file for all of
        them. With <code className="font-mono text-sm text-ink">mode: monitor</code> nothing is done about what is
        found, and this page shows what would have been.
      </p>
      <CodeBlock text={example} label="a route with guardrails" />
      <Link href="/routes" className="button button-strong mt-5">
        Open Routes
      </Link>
    </section>
  )
}
